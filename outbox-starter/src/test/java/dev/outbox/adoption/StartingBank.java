package dev.outbox.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.bank.BalanceChanged;
import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.internal.setup.OutboxSetupException;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Configuration;

/** A service that is started on the DataSource that a test gives it, and what is expected if it may not start. */
final class StartingBank {

    static final ApplicationContextRunner SERVICE = new ApplicationContextRunner()
            .withUserConfiguration(Service.class)
            .withPropertyValues(
                    "spring.application.name=bank", "spring.flyway.enabled=false", "outbox.packages=dev.outbox.bank");

    /** Its tables are made by hand. */
    static final ApplicationContextRunner BY_HAND = SERVICE.withPropertyValues("outbox.schema.migrate=false");

    private StartingBank() {}

    static ContextConsumer<AssertableApplicationContext> refused(String problem, String... fixes) {
        return context -> {
            Throwable failure = context.getStartupFailure();
            while (failure != null && !(failure instanceof OutboxSetupException)) {
                failure = failure.getCause();
            }
            assertThat(failure).isInstanceOfSatisfying(OutboxSetupException.class, refused -> {
                assertThat(refused.getMessage()).contains(problem);
                assertThat(refused.fix()).contains(fixes);
            });
        };
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
    static class Service {}

    static class Handler {

        @DomainEventHandler
        void handle(BalanceChanged changed) {}
    }
}
