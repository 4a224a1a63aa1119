package dev.outbox.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.outbox.bank.BalanceChanged;
import dev.outbox.inbox.DomainEventHandler;
import dev.outbox.inbox.idempotent.Idempotent;
import dev.outbox.inbox.idempotent.Inbox;
import dev.outbox.inbox.parking.ParkedInboxEvents;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** A service on H2, with all that may be injected and every kind of listener, starts once the outbox is switched off. */
@ExtendWith(OutputCaptureExtension.class)
class SwitchedOffTests {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withUserConfiguration(Service.class)
            .withBean(DataSource.class, SwitchedOffTests::h2)
            .withPropertyValues(
                    "outbox.enabled=false",
                    "outbox.packages=dev.outbox.bank",
                    "spring.application.name=bank",
                    "spring.flyway.enabled=false");

    @Test
    void whatItInjectsIsThereAndRefusesWhoeverCallsIt() {
        service.withBean(Operations.class).run(context -> {
            assertThat(context).hasNotFailed();
            Operations operations = context.getBean(Operations.class);
            assertThat(operations.parked()).hasToString("ParkedInboxEvents, switched off");
            assertThatIllegalStateException()
                    .isThrownBy(() -> operations.parked().keys(1))
                    .withMessageContaining("ParkedInboxEvents.keys cannot be called, as outbox.enabled is false");
            assertThatIllegalStateException()
                    .isThrownBy(() -> operations.inbox().process("bank", List.of(), effects -> {}))
                    .withMessageContaining("Inbox.process cannot be called");
        });
    }

    @Test
    void itsListenersGetNothing(CapturedOutput output) {
        service.withBean(Listeners.class).run(context -> {
            assertThat(context).hasNotFailed();
            KafkaListenerEndpointRegistry containers = context.getBean(KafkaListenerEndpointRegistry.class);
            assertThat(containers.getListenerContainers())
                    .singleElement()
                    .satisfies(container -> assertThat(container.isRunning()).isFalse());
            assertThat(output).contains("outbox.enabled is false: @Idempotent method", "Listeners.received");
        });
    }

    private static DataSource h2() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:switched-off");
        return h2;
    }

    record Operations(Inbox inbox, ParkedInboxEvents parked) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
    static class Service {}

    static class Listeners {

        @DomainEventHandler
        void handle(BalanceChanged changed) {}

        @Idempotent
        @KafkaListener(topics = "orders", groupId = "bank")
        void received(String value) {}
    }
}
