package dev.outbox.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.internal.inbox.InboxAutoConfiguration;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.producer.CaptureAutoConfiguration;
import dev.outbox.stock.OrderPlaced;
import dev.outbox.unmarked.PriceChanged;
import dev.outbox.unmarked.PriceService;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** What a service declares and nothing would carry out stops its start. */
class DeclaredWithoutTests {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withUserConfiguration(WithoutDataSource.class)
            .withPropertyValues("spring.application.name=bank", "spring.flyway.enabled=false");

    private final ApplicationContextRunner publishing = service.withPropertyValues("outbox.packages=dev.outbox.bank");

    private final ApplicationContextRunner prices = new ApplicationContextRunner()
            .withUserConfiguration(PriceService.class)
            .withPropertyValues("spring.application.name=prices", "spring.flyway.enabled=false");

    @Test
    void aServiceThatDeclaresNothingStartsWithoutADataSource() {
        service.run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void eventsWithoutADataSourceStopTheStart() {
        assertRefused(publishing, "because there is no Outbox: There is no DataSource", "outbox.capture.enabled=false");
    }

    @Test
    void aCaptureThatIsSwitchedOffIsNotMissed() {
        publishing
                .withPropertyValues("outbox.capture.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void eventsWithoutCaptureStopTheStartThoughThereIsADataSource() {
        assertRefused(
                new ApplicationContextRunner()
                        .withUserConfiguration(WithoutCapture.class)
                        .withPropertyValues("outbox.packages=dev.outbox.bank", "outbox.schema.migrate=false"),
                "CaptureAutoConfiguration is excluded, or outbox.capture.enabled is neither true nor false",
                "outbox.enabled=false");
    }

    @Test
    void handlersWithoutAnInboxStopTheStart() {
        assertRefused(
                new ApplicationContextRunner()
                        .withUserConfiguration(WithoutInbox.class)
                        .withBean(Handler.class),
                "There are @DomainEventHandler methods, but nothing calls them: InboxAutoConfiguration is excluded",
                "outbox.inbox.enabled=false");
    }

    @Test
    void anInboxThatIsSwitchedOffIsNotMissed() {
        service.withBean(Handler.class)
                .withPropertyValues("outbox.inbox.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void anEventWithoutAnAggregateIdStopsTheStart() {
        assertRefused(
                prices,
                "PriceChanged v1 (dev.outbox.unmarked.PriceChanged) marks no @AggregateId",
                "the component that identifies the Article");
    }

    @Test
    void anEventThatIsHandledNeedsNoAggregateId() {
        prices.withBean(PriceHandler.class)
                .withPropertyValues("outbox.inbox.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void anEventThatIsNoClassOfTheApplicationNeedsNoAggregateId() {
        service.withPropertyValues("outbox.packages=dev.outbox.unmarked")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aServiceThatPublishesNothingNeedsNoAggregateId() {
        prices.withPropertyValues("outbox.capture.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static void assertRefused(ApplicationContextRunner runner, String problem, String fix) {
        runner.run(context -> assertThat(context)
                .getFailure()
                .isInstanceOfSatisfying(OutboxSetupException.class, refused -> {
                    assertThat(refused).hasMessageContaining(problem);
                    assertThat(refused.fix()).contains(fix);
                }));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {
                DataSourceAutoConfiguration.class,
                HibernateJpaAutoConfiguration.class,
                DataJpaRepositoriesAutoConfiguration.class
            })
    static class WithoutDataSource {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {
                CaptureAutoConfiguration.class,
                HibernateJpaAutoConfiguration.class,
                DataJpaRepositoriesAutoConfiguration.class
            })
    static class WithoutCapture {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {
                InboxAutoConfiguration.class,
                DataSourceAutoConfiguration.class,
                HibernateJpaAutoConfiguration.class,
                DataJpaRepositoriesAutoConfiguration.class
            })
    static class WithoutInbox {}

    static class PriceHandler {

        @DomainEventHandler
        void handle(PriceChanged changed) {}
    }

    static class Handler {

        @DomainEventHandler
        void handle(OrderPlaced order) {}
    }
}
