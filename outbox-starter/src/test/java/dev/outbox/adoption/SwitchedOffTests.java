package dev.outbox.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.outbox.bank.BalanceChanged;
import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.guard.InboxGuard;
import dev.outbox.consumer.idempotent.Idempotent;
import dev.outbox.consumer.idempotent.Inbox;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.producer.Outbox;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** A service with all that may be injected and every kind of listener starts once a property has switched it off. */
@ExtendWith(OutputCaptureExtension.class)
class SwitchedOffTests {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withUserConfiguration(Service.class)
            .withPropertyValues("spring.application.name=bank", "spring.flyway.enabled=false");

    private final ApplicationContextRunner onH2 = service.withBean(DataSource.class, SwitchedOffTests::h2)
            .withPropertyValues("outbox.enabled=false", "outbox.packages=dev.outbox.bank");

    @Test
    void whatItInjectsIsThereAndRefusesWhoeverCallsIt() {
        onH2.withBean(Operations.class).run(context -> {
            assertThat(context).hasNotFailed();
            Operations operations = context.getBean(Operations.class);
            assertThat(operations.parked()).hasToString("ParkedInboxEvents, switched off");
            assertThatIllegalStateException()
                    .isThrownBy(() -> operations.parked().keys(1))
                    .withMessageContaining("ParkedInboxEvents.keys cannot be called, because outbox.enabled is false");
            assertThatIllegalStateException()
                    .isThrownBy(() -> operations.inbox().process("bank", List.of(), effects -> {}))
                    .withMessageContaining("Inbox.process cannot be called");
        });
    }

    @Test
    void itsListenersGetNothing(CapturedOutput output) {
        onH2.withBean(Listeners.class).run(context -> {
            assertThat(context).hasNotFailed();
            KafkaListenerEndpointRegistry containers = context.getBean(KafkaListenerEndpointRegistry.class);
            assertThat(containers.getListenerContainers())
                    .singleElement()
                    .satisfies(container -> assertThat(container.isRunning()).isFalse());
            assertThat(output).contains("outbox.enabled is false: @Idempotent method", "Listeners.received");
        });
    }

    @Test
    void anInboxThatIsSwitchedOffAloneRefusesWhoeverCallsIt() {
        service.withBean(Operations.class)
                .withPropertyValues("outbox.inbox.enabled=false")
                .run(SwitchedOffTests::refusesAsTheInboxIsOff);
    }

    @Test
    void soItDoesWhereTheServiceHasAGuardOfItsOwn() {
        service.withBean(Operations.class)
                .withBean(InboxGuard.class, () -> (consumer, events) -> List.of())
                .withPropertyValues("outbox.inbox.enabled=false")
                .run(SwitchedOffTests::refusesAsTheInboxIsOff);
    }

    @Test
    void anOutboxThatIsSwitchedOffAloneRefusesWhoeverPublishes() {
        service.withBean(Publisher.class)
                .withPropertyValues("outbox.capture.enabled=false")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThatIllegalStateException()
                            .isThrownBy(() ->
                                    context.getBean(Publisher.class).outbox().publish(new BalanceChanged("a", 1)))
                            .withMessageContaining(
                                    "Outbox.publish cannot be called, because outbox.capture.enabled is false");
                });
    }

    @Test
    void anOutboxThatIsSwitchedOffAltogetherDropsWhatIsPublished() {
        onH2.withBean(Publisher.class)
                .withPropertyValues("outbox.capture.enabled=false")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(Publisher.class).outbox().publish(new BalanceChanged("a", 1));
                });
    }

    @Test
    void whatIsNotThereToBeCalledIsMissedWithTheWordOfTheProperty(CapturedOutput output) {
        assertThatException().isThrownBy(() -> start(Guarding.class, "--outbox.inbox.enabled=false"));
        assertThat(output)
                .containsSubsequence(
                        "Description:",
                        "Parameter 0 of constructor in dev.outbox.adoption.SwitchedOffTests$Guarding required a bean of type"
                                + " 'dev.outbox.consumer.guard.InboxGuard', which does not exist because outbox.inbox.enabled is false",
                        "Action:",
                        "Set it to true");
    }

    @Test
    void whatIsMissedForAnotherReasonIsLeftToSpringBoot(CapturedOutput output) {
        assertThatException().isThrownBy(() -> start(Guarding.class, "--outbox.capture.enabled=false"));
        assertThatException().isThrownBy(() -> start(Naming.class, "--outbox.inbox.enabled=false"));
        assertThatException().isThrownBy(() -> start(Typing.class, "--outbox.relay.enabled=false"));
        assertThat(output)
                .contains(
                        "required a bean of type 'dev.outbox.consumer.guard.InboxGuard' that could not be found",
                        "required a bean of type 'java.lang.String' that could not be found",
                        "required a bean of type 'dev.outbox.internal.domain.DomainEventType' that could not be found")
                .doesNotContain("does not exist because");
    }

    private static void start(Class<?> component, String setting) {
        new SpringApplicationBuilder(Service.class, component)
                .web(WebApplicationType.NONE)
                .run(setting, "--spring.application.name=bank", "--spring.flyway.enabled=false");
    }

    private static void refusesAsTheInboxIsOff(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed();
        Operations operations = context.getBean(Operations.class);
        assertThatIllegalStateException()
                .isThrownBy(() -> operations.parked().keys(1))
                .withMessageContaining(
                        "ParkedInboxEvents.keys cannot be called, because outbox.inbox.enabled is false");
        assertThatIllegalStateException()
                .isThrownBy(() -> operations.inbox().process("bank", List.of(), effects -> {}))
                .withMessageContaining("Inbox.process cannot be called, because outbox.inbox.enabled is false");
    }

    private static DataSource h2() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:switched-off");
        return h2;
    }

    record Operations(Inbox inbox, ParkedInboxEvents parked) {}

    record Guarding(InboxGuard guard) {}

    record Naming(String name) {}

    record Typing(DomainEventType type) {}

    record Publisher(Outbox outbox) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {
                DataSourceAutoConfiguration.class,
                HibernateJpaAutoConfiguration.class,
                DataJpaRepositoriesAutoConfiguration.class
            })
    static class Service {}

    static class Listeners {

        @DomainEventHandler
        void handle(BalanceChanged changed) {}

        @Idempotent
        @KafkaListener(topics = "orders", groupId = "bank")
        void received(String value) {}
    }
}
