package dev.outbox.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.bank.Account;
import dev.outbox.bank.Accounts;
import dev.outbox.bank.BankApplication;
import dev.outbox.bank.OutboxRows;
import dev.outbox.embedded.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** JPA makes its tables before the scripts of the service fill them. */
class DeferredInitialisationIT {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withUserConfiguration(BankApplication.class, TestPostgres.class)
            .withPropertyValues(
                    "spring.application.name=bank",
                    "spring.flyway.enabled=false",
                    "spring.jpa.defer-datasource-initialization=true",
                    "spring.jpa.hibernate.ddl-auto=create",
                    "spring.sql.init.mode=always");

    @Test
    void startsAndPublishes() {
        service.run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(Accounts.class).save(Account.open("a", "Ada"));
            assertThat(context.getBean(OutboxRows.class).payloads()).hasSize(1);
        });
    }
}
