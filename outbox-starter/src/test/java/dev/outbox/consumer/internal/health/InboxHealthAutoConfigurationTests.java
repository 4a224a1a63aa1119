package dev.outbox.consumer.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.consumer.idempotent.IdempotentAutoConfiguration;
import dev.outbox.consumer.internal.inbox.InboxAutoConfiguration;
import dev.outbox.internal.domain.DomainAutoConfiguration;
import dev.outbox.internal.format.FormatAutoConfiguration;
import dev.outbox.internal.upcast.UpcastAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class InboxHealthAutoConfigurationTests {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withUserConfiguration(Service.class)
            .withPropertyValues("spring.application.name=stock");

    @Test
    void theHealthOfTheInboxIsShown() {
        service.run(context -> assertThat(context).hasNotFailed().hasBean("outboxInboxHealthIndicator"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "management.health.outbox-inbox.enabled=false",
                "management.health.defaults.enabled=false",
                "outbox.inbox.enabled=false",
                "outbox.enabled=false"
            })
    void itCanBeSwitchedOff(String property) {
        service.withPropertyValues(property)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void aServiceWithoutHealthStartsWithoutIt() {
        service.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ConsumerContainers.class));
    }

    @Test
    void anIndicatorOfTheServiceByThatNameTakesItsPlace() {
        HealthIndicator own = () -> Health.up().build();
        service.withBean("outboxInboxHealthIndicator", HealthIndicator.class, () -> own)
                .run(context ->
                        assertThat(context).getBean(HealthIndicator.class).isSameAs(own));
    }

    /** Imported by their names, as Boot does: what is not on the classpath is not looked at then. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        JacksonAutoConfiguration.class,
        KafkaAutoConfiguration.class,
        DomainAutoConfiguration.class,
        FormatAutoConfiguration.class,
        UpcastAutoConfiguration.class,
        InboxAutoConfiguration.class,
        IdempotentAutoConfiguration.class,
        InboxHealthAutoConfiguration.class
    })
    static class Service {}
}
