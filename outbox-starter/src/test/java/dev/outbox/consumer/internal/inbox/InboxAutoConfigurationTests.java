package dev.outbox.consumer.internal.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.EventMetadata;
import dev.outbox.consumer.InboxContainerCustomizer;
import dev.outbox.consumer.guard.InboxGuard;
import dev.outbox.consumer.internal.container.InboxContainers;
import dev.outbox.consumer.internal.handler.InvalidInboxException;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.internal.domain.DomainAutoConfiguration;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.OutboxProperties;
import dev.outbox.internal.format.FormatAutoConfiguration;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.internal.upcast.UpcastAutoConfiguration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
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
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.CommonLoggingErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

class InboxAutoConfigurationTests {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JacksonAutoConfiguration.class,
                    KafkaAutoConfiguration.class,
                    DomainAutoConfiguration.class,
                    FormatAutoConfiguration.class,
                    UpcastAutoConfiguration.class,
                    InboxAutoConfiguration.class))
            .withUserConfiguration(Service.class)
            .withPropertyValues("spring.application.name=stock", "spring.kafka.listener.auto-startup=false");

    private final ApplicationContextRunner consuming = service.withBean(ReserveStock.class);

    @Test
    void aServiceWithoutHandlersConsumesNothingAndNeedsNoGroup() {
        service.withPropertyValues("spring.application.name=")
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(AbstractMessageListenerContainer.class));
    }

    @Test
    void aSwitchedOffInboxConsumesNothing() {
        consuming
                .withPropertyValues("outbox.inbox.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(InboxGuard.class)
                        .doesNotHaveBean(AbstractMessageListenerContainer.class));
    }

    @Test
    void topicsAreThoseOfTheHandledEventsAndTheGroupIsTheService() {
        consuming.withBean(CancelOrder.class).run(context -> {
            ContainerProperties properties = containerOf(context).getContainerProperties();
            assertThat(properties.getTopics()).containsExactlyInAnyOrder("outbox.event.Order", "cancellations");
            assertThat(properties.getGroupId()).isEqualTo("stock");
            assertThat(properties.getAckMode()).isEqualTo(ContainerProperties.AckMode.MANUAL);
        });
    }

    @Test
    void propertiesNameOtherTopicsAndAnotherGroup() {
        consuming
                .withPropertyValues(
                        "outbox.inbox.topics=orders-eu,orders-us",
                        "outbox.inbox.concurrency=3",
                        "outbox.inbox.group=stock-2",
                        "spring.kafka.consumer.group-id=other")
                .run(context -> {
                    ContainerProperties properties = containerOf(context).getContainerProperties();
                    assertThat(properties.getTopics()).containsExactly("orders-eu", "orders-us");
                    assertThat(properties.getGroupId()).isEqualTo("stock-2");
                    assertThat(containerOf(context).getConcurrency()).isEqualTo(3);
                });
    }

    @Test
    void theGroupOfTheServicesConsumersComesBeforeItsName() {
        consuming
                .withPropertyValues("spring.kafka.consumer.group-id=consumers")
                .run(context -> assertThat(
                                containerOf(context).getContainerProperties().getGroupId())
                        .isEqualTo("consumers"));
    }

    @Test
    void withoutAnyNameForTheGroupTheStartIsRefused() {
        assertRefused(
                consuming.withPropertyValues("spring.application.name="),
                "the consumer group has no name",
                "Set spring.application.name or outbox.inbox.group");
    }

    @Test
    void theConsumerKeepsTheServicesSettingsExceptForThoseThatCouldLoseEvents() {
        consuming
                .withPropertyValues(
                        "spring.kafka.consumer.max-poll-records=17",
                        "spring.kafka.consumer.enable-auto-commit=true",
                        "spring.kafka.consumer.auto-offset-reset=latest",
                        "spring.kafka.consumer.isolation-level=read_uncommitted")
                .run(context -> assertThat(containerOf(context))
                        .extracting("consumerFactory.configurationProperties", map(String.class, Object.class))
                        .containsEntry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 17)
                        .containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)
                        .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
                        .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"));
    }

    @Test
    void anErrorHandlerOfTheServiceCannotMakeTheInboxSkip() {
        consuming
                .withBean(CommonErrorHandler.class, CommonLoggingErrorHandler::new)
                .withPropertyValues("spring.kafka.listener.ack-mode=record", "spring.kafka.listener.type=batch")
                .run(context -> {
                    assertThat(containerOf(context).getCommonErrorHandler())
                            .isNotInstanceOf(CommonLoggingErrorHandler.class)
                            .extracting(handler -> handler.getClass().getPackage())
                            .isEqualTo(InboxContainers.class.getPackage());
                    assertThat(containerOf(context).getContainerProperties().getAckMode())
                            .isEqualTo(ContainerProperties.AckMode.MANUAL);
                });
    }

    @Test
    void aCustomizerHasTheLastWordOnTheContainer() {
        consuming
                .withBean(InboxContainerCustomizer.class, () -> container -> container.setConcurrency(5))
                .run(context ->
                        assertThat(containerOf(context).getConcurrency()).isEqualTo(5));
    }

    @Test
    void aGuardOfTheServiceReplacesOurs() {
        InboxGuard own = (consumer, events) -> List.of();
        consuming
                .withBean(InboxGuard.class, () -> own)
                .run(context -> assertThat(context.getBean(InboxGuard.class)).isSameAs(own));
    }

    @Test
    void aNamedConsumerHasAGroupAndAContainerOfItsOwn() {
        consuming
                .withBean(BillOrder.class)
                .withPropertyValues("outbox.inbox.consumers.audit.group=auditing")
                .withBean(AuditOrder.class)
                .run(context -> {
                    assertThat(groupOf(context, "outboxInboxContainer")).isEqualTo("stock");
                    assertThat(groupOf(context, "outboxInboxContainer.billing")).isEqualTo("stock.billing");
                    assertThat(groupOf(context, "outboxInboxContainer.audit")).isEqualTo("auditing");
                });
    }

    @Test
    void twoConsumersOfOneGroupAreRefused() {
        assertRefused(
                consuming.withBean(BillOrder.class).withPropertyValues("outbox.inbox.consumers.billing.group=stock"),
                "Two consumers of the inbox have the group 'stock'",
                "outbox.inbox.consumers.<name>.group");
    }

    @Test
    void fewerAttemptsThanOneAreRefused() {
        assertHandlerRefused(FewerAttempts::new, "has -1 attempts", "Set attempts to at least 1");
    }

    @Test
    void thePolicyThatTheSettingsDecideIsNoneOfThem() {
        assertPolicyRefused("outbox.inbox.failure.policy");
        assertPolicyRefused("outbox.inbox.failure.types.OrderPlaced");
    }

    private void assertPolicyRefused(String property) {
        consuming
                .withPropertyValues(property + "=default")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("%s is DEFAULT; it must be park-key, dead-letter or skip", property));
    }

    @Test
    void pausesMustGrow() {
        consuming
                .withPropertyValues("outbox.inbox.failure.multiplier=0.5")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("outbox.inbox.failure.multiplier is 0.5; it must be at least 1"));
    }

    @Test
    void theTransactionManagerIsTheOneOnItsDataSource() {
        consuming
                .withBean(
                        "other",
                        PlatformTransactionManager.class,
                        () -> new JdbcTransactionManager(new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:")))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void twoTransactionManagersOnItLeaveOpenWhichOneToUse() {
        consuming
                .withUserConfiguration(SecondTransactionManager.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(OutboxSetupException.class, refused -> {
                            assertThat(refused).hasMessageContaining("must have exactly one transaction manager");
                            assertThat(refused.fix()).contains("@Primary");
                        }));
    }

    @Test
    void aTransactionManagerOnAnotherDataSourceAloneDoesNotServe() {
        service.withBean(ReserveStock.class)
                .withBean("elsewhere", DataSource.class, () -> new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:"))
                .withPropertyValues("outbox.datasource.qualifier=elsewhere")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(OutboxSetupException.class)
                        .hasMessageContaining("but has 0, of 1 in all"));
    }

    @Test
    void twoDataSourcesLeaveOpenWhereTheInboxIs() {
        consuming
                .withBean("other", DataSource.class, () -> new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(OutboxSetupException.class, refused -> {
                            assertThat(refused).hasMessageContaining("several DataSources, [dataSource, other]");
                            assertThat(refused.fix()).contains("@OutboxDataSource", "outbox.datasource.qualifier");
                        }));
    }

    @Test
    void aHandlerBehindAnInterfaceIsFound() {
        service.withBean(Handlers.class, ReserveStock::new)
                .run(context -> assertThat(context).hasSingleBean(AbstractMessageListenerContainer.class));
    }

    @Test
    void anUndeclaredParameterIsRefused() {
        assertHandlerRefused(
                UndeclaredParameter::new,
                "takes a java.lang.String, which is not a declared domain event",
                "Annotate that class with @DomainEvent");
    }

    @Test
    void aSignatureThatIsNotCalledIsRefused() {
        String fix = "void handle(<class of the event> event), or with EventMetadata as second parameter";
        assertHandlerRefused(NoParameter::new, "NoParameter.handle has an unsupported signature", fix);
        assertHandlerRefused(WrongSecondParameter::new, "has an unsupported signature", fix);
        assertHandlerRefused(ThreeParameters::new, "has an unsupported signature", fix);
        assertHandlerRefused(ReturnsSomething::new, "has an unsupported signature", fix);
    }

    @Test
    void aHandlerWhoseEffectsWouldNotBePartOfTheTransactionIsRefused() {
        assertHandlerRefused(AsynchronousHandler::new, "is @Async", "Remove @Async");
        assertHandlerRefused(OwnTransaction::new, "has propagation REQUIRES_NEW", "Remove the propagation");
    }

    @Test
    void handlersOfTwoVersionsOfOneEventAreRefused() {
        assertRefused(
                consuming.withBean(OldReserveStock.class),
                "understand two versions of one event",
                "Take the class of the higher version in both");
    }

    @Test
    void aGenericEventIsRefusedAsItsParametersWouldBeReadAsMaps() {
        assertRefused(
                service.withBean(GenericHandler.class),
                "takes the generic class " + Created.class.getName(),
                "one that extends Created with them filled in");
        service.withBean(ConcreteHandler.class)
                .run(context -> assertThat(context).hasSingleBean(AbstractMessageListenerContainer.class));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theReportOfAFailedStartNamesCauseAndMend(CapturedOutput output) {
        assertThatException()
                .isThrownBy(() -> new SpringApplicationBuilder(BrokenService.class)
                        .web(WebApplicationType.NONE)
                        .run("--spring.application.name=stock"));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("UndeclaredParameter.handle takes a java.lang.String, which is not a declared domain event")
                .contains("Annotate that class with @DomainEvent");
    }

    private void assertHandlerRefused(Supplier<Handlers> handlers, String problem, String fix) {
        assertRefused(service.withBean(Handlers.class, handlers), problem, fix);
    }

    private static void assertRefused(ApplicationContextRunner runner, String problem, String fix) {
        runner.run(context -> {
            Throwable failure = Objects.requireNonNull(context.getStartupFailure(), "The service has started");
            assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
                    .isInstanceOfSatisfying(InvalidInboxException.class, refused -> {
                        assertThat(refused).hasMessageContaining(problem);
                        assertThat(refused.fix()).contains(fix);
                    });
        });
    }

    private static String groupOf(ApplicationContext context, String container) {
        return String.valueOf(context.getBean(container, ConcurrentMessageListenerContainer.class)
                .getContainerProperties()
                .getGroupId());
    }

    private static ConcurrentMessageListenerContainer<?, ?> containerOf(ApplicationContext context) {
        return context.getBean(ConcurrentMessageListenerContainer.class);
    }

    @DomainEvent(type = "OrderPlaced", version = 2, aggregate = "Order")
    record OrderPlaced(@AggregateId String orderId) {}

    @DomainEvent(type = "OrderPlaced", version = 1, aggregate = "Order")
    record OldOrderPlaced(@AggregateId String order) {}

    @DomainEvent(type = "OrderCancelled", aggregate = "Order", topic = "cancellations")
    record OrderCancelled(@AggregateId String orderId) {}

    @DomainEvent(type = "Created", aggregate = "Any", topic = "created")
    static class Created<T> {}

    @DomainEvent(type = "CustomerCreated", aggregate = "Customer")
    static final class CustomerCreated extends Created<String> {}

    static class GenericHandler {

        @DomainEventHandler
        void handle(Created<String> created) {}
    }

    static class ConcreteHandler {

        @DomainEventHandler
        void handle(CustomerCreated created) {}
    }

    /** Hides the class of a bean. */
    interface Handlers {}

    static class ReserveStock implements Handlers {

        @DomainEventHandler
        void reserve(OrderPlaced order, EventMetadata metadata) {}
    }

    static class OldReserveStock {

        @DomainEventHandler
        void reserve(OldOrderPlaced order) {}
    }

    static class CancelOrder {

        @DomainEventHandler
        void cancel(OrderCancelled order) {}
    }

    static class BillOrder {

        @DomainEventHandler(consumer = "billing")
        void bill(OrderPlaced order) {}
    }

    static class AuditOrder {

        @DomainEventHandler(consumer = "audit")
        void audit(OrderPlaced order) {}
    }

    static class FewerAttempts implements Handlers {

        @DomainEventHandler(attempts = -1)
        void handle(OrderPlaced order) {}
    }

    static class UndeclaredParameter implements Handlers {

        @DomainEventHandler
        void handle(String order) {}
    }

    static class NoParameter implements Handlers {

        @DomainEventHandler
        void handle() {}
    }

    static class WrongSecondParameter implements Handlers {

        @DomainEventHandler
        void handle(OrderPlaced order, String id) {}
    }

    static class ThreeParameters implements Handlers {

        @DomainEventHandler
        void handle(OrderPlaced order, EventMetadata metadata, String id) {}
    }

    static class ReturnsSomething implements Handlers {

        @DomainEventHandler
        String handle(OrderPlaced order) {
            return order.orderId();
        }
    }

    static class AsynchronousHandler implements Handlers {

        @Async
        @DomainEventHandler
        void handle(OrderPlaced order) {}
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    static class OwnTransaction implements Handlers {

        @DomainEventHandler
        void handle(OrderPlaced order) {}
    }

    /** A service whose servers are not asked for anything, as nothing is started. */
    @Configuration(proxyBeanMethods = false)
    static class Service {

        @Bean
        DataSource dataSource() {
            return new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:");
        }

        @Bean
        PlatformTransactionManager stockTransactions(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        @Primary
        DomainEventTypes types(OutboxProperties properties) {
            return DomainEventTypes.of(
                    List.of(
                            OrderPlaced.class,
                            OldOrderPlaced.class,
                            OrderCancelled.class,
                            Created.class,
                            CustomerCreated.class),
                    properties);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondTransactionManager {

        @Bean
        PlatformTransactionManager second(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    @Import(Service.class)
    @ImportAutoConfiguration({
        JacksonAutoConfiguration.class,
        KafkaAutoConfiguration.class,
        DomainAutoConfiguration.class,
        FormatAutoConfiguration.class,
        UpcastAutoConfiguration.class,
        InboxAutoConfiguration.class
    })
    static class BrokenService {

        @Bean
        UndeclaredParameter handler() {
            return new UndeclaredParameter();
        }
    }
}
