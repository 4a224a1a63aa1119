package dev.outbox.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.bank.BankApplication;
import dev.outbox.embedded.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.orm.jpa.JpaTransactionManager;

/** Kafka's transaction manager, which this property brings, comes beside that of the database and not in its place. */
class TransactionalProducerIT {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withPropertyValues(
                    "spring.application.name=bank",
                    "spring.kafka.producer.transaction-id-prefix=tx-",
                    "outbox.packages=dev.outbox.bank");

    @Test
    void aServiceWithJpaKeepsItsTransactionManager() {
        service.withPropertyValues("spring.jpa.hibernate.ddl-auto=update")
                .withUserConfiguration(BankApplication.class, TestPostgres.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context).getBean("transactionManager").isInstanceOf(JpaTransactionManager.class);
                });
    }
}
