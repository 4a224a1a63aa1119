package dev.outbox.consumer.idempotent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.outbox.consumer.internal.handler.InvalidInboxException;
import dev.outbox.consumer.internal.inbox.InboxAutoConfiguration;
import dev.outbox.internal.domain.DomainAutoConfiguration;
import dev.outbox.internal.format.FormatAutoConfiguration;
import dev.outbox.internal.upcast.UpcastAutoConfiguration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.annotation.KafkaHandler;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What would go unguarded does not start. */
class IdempotentListenersTests {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JacksonAutoConfiguration.class,
                    KafkaAutoConfiguration.class,
                    DomainAutoConfiguration.class,
                    FormatAutoConfiguration.class,
                    UpcastAutoConfiguration.class,
                    InboxAutoConfiguration.class,
                    IdempotentAutoConfiguration.class))
            .withUserConfiguration(Service.class)
            .withPropertyValues("spring.kafka.listener.auto-startup=false");

    @Test
    void aListenerStarts() {
        service.withBean(Guarded.class).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aMethodThatIsNoListenerIsRefused() {
        assertRefused(
                NoListener.class,
                "@Idempotent method %s.reserve has no @KafkaListener, so nothing would guard it"
                        .formatted(NoListener.class.getName()),
                "Put @KafkaListener on that method, not on its class; or remove @Idempotent and call the bean of type"
                        + " Inbox.");
    }

    @Test
    void aMethodOfAClassThatIsAListenerIsRefused() {
        assertRefused(HandlerOfAClass.class, "HandlerOfAClass.reserve has no @KafkaListener", "not on its class");
    }

    @Test
    void aMethodThatReturnsBeforeItsWorkIsDoneIsRefused() {
        assertRefused(
                Later.class,
                "returns a CompletableFuture: its effects would not be part of the inbox's transaction",
                "Do the work in the method, before it returns.");
    }

    @Test
    void aMethodWhoseEffectsWouldLeaveTheTransactionIsRefused() {
        assertRefused(Elsewhere.class, "Elsewhere.reserve is @Async: its effects would not be part", "Remove @Async");
        assertRefused(Apart.class, "Apart.reserve has propagation REQUIRES_NEW: its effects", "Remove the propagation");
    }

    @Test
    void aMethodWithAPostProcessorOfItsOwnIsRefused() {
        assertRefused(
                PostProcessed.class, "has a containerPostProcessor in its @KafkaListener", "Use a ContainerCustomizer");
    }

    @Test
    void aListenerIsNotCalledWithoutAGuardWhereTheInboxIsSwitchedOff() {
        assertRefused(
                service.withPropertyValues("outbox.inbox.enabled=false"),
                Guarded.class,
                "has no inbox: outbox.inbox.enabled is false, or",
                "Switch the inbox on");
    }

    @Test
    void aMethodWithoutAGroupIsRefused() {
        assertRefused(WithoutGroup.class, "has no consumer group", "Set groupId, spring.kafka.consumer.group-id or");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theMendIsShownAtStart(CapturedOutput output) {
        assertThat(catchStart(NoListener.class)).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("NoListener.reserve has no @KafkaListener")
                .contains("Put @KafkaListener on that method");
    }

    private static Throwable catchStart(Class<?> listeners) {
        return catchThrowable(() -> new SpringApplicationBuilder(Boot.class, listeners)
                .web(WebApplicationType.NONE)
                .run("--spring.kafka.listener.auto-startup=false"));
    }

    private void assertRefused(Class<?> listeners, String problem, String fix) {
        assertRefused(service, listeners, problem, fix);
    }

    private static void assertRefused(ApplicationContextRunner runner, Class<?> listeners, String problem, String fix) {
        runner.withBean(listeners).run(context -> {
            Throwable failure = Objects.requireNonNull(context.getStartupFailure(), "The service has started");
            assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
                    .isInstanceOfSatisfying(InvalidInboxException.class, refused -> {
                        assertThat(refused).hasMessageContaining(problem);
                        assertThat(refused.fix()).contains(fix);
                    });
        });
    }

    static class Guarded {

        @Idempotent
        @KafkaListener(topics = "orders", groupId = "stock")
        void reserve(String order) {}
    }

    static class NoListener {

        @Idempotent
        void reserve(String order) {}
    }

    @KafkaListener(topics = "orders", groupId = "stock")
    static class HandlerOfAClass {

        @Idempotent
        @KafkaHandler
        void reserve(String order) {}
    }

    static class Later {

        @Idempotent
        @KafkaListener(topics = "orders", groupId = "stock")
        CompletableFuture<Void> reserve(String order) {
            return CompletableFuture.completedFuture(null);
        }
    }

    static class Elsewhere {

        @Async
        @Idempotent
        @KafkaListener(topics = "orders", groupId = "stock")
        void reserve(String order) {}
    }

    static class Apart {

        @Idempotent
        @Transactional(propagation = Propagation.REQUIRES_NEW, noRollbackFor = RuntimeException.class)
        @KafkaListener(topics = "orders", groupId = "stock")
        void reserve(String order) {}
    }

    static class PostProcessed {

        @Idempotent
        @KafkaListener(topics = "orders", groupId = "stock", containerPostProcessor = "own")
        void reserve(String order) {}
    }

    static class WithoutGroup {

        @Idempotent
        @KafkaListener(id = "own", idIsGroup = false, topics = "orders")
        void reserve(String order) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Service {

        @Bean
        DataSource dataSource() {
            return new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:");
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        JacksonAutoConfiguration.class,
        KafkaAutoConfiguration.class,
        DomainAutoConfiguration.class,
        FormatAutoConfiguration.class,
        UpcastAutoConfiguration.class,
        InboxAutoConfiguration.class,
        IdempotentAutoConfiguration.class
    })
    static class Boot extends Service {}
}
