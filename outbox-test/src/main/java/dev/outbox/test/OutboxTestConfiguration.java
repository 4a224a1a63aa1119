package dev.outbox.test;

import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.relay.internal.lease.LaneStore;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;
import tools.jackson.databind.json.JsonMapper;

/** What {@link OutboxTest} and {@link OutboxScenarioTest} add to the service. */
@Configuration(proxyBeanMethods = false)
@Import(CapturedEventsConfiguration.class)
class OutboxTestConfiguration {

    @Bean
    EventDriver eventDriver(HandlerContainers containers, DomainEventTypes types, JsonMapper mapper) {
        return new EventDriver(containers, new TestEvents(types, mapper));
    }

    @Bean
    @Lazy
    EventScenario eventScenario(
            ProducerFactory<?, ?> producers,
            ConsumerFactory<?, ?> consumers,
            DomainEventTypes types,
            JsonMapper mapper) {
        return new EventScenario(
                new HashMap<>(producers.getConfigurationProperties()),
                consumerSettings(consumers),
                new TestEvents(types, mapper),
                mapper);
    }

    /** No group: a test that reads must not take partitions from the service. */
    private static Map<String, Object> consumerSettings(ConsumerFactory<?, ?> consumers) {
        Map<String, Object> settings = new HashMap<>(consumers.getConfigurationProperties());
        settings.remove("group.id");
        settings.put("enable.auto.commit", false);
        settings.put("isolation.level", "read_committed");
        return settings;
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static CrashPoints crashPoints() {
        return new CrashPoints();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static HandlerContainers handlerContainers() {
        return new HandlerContainers();
    }

    @Bean
    static ConsumerCrashes consumerCrashes(CrashPoints points, HandlerContainers containers) {
        return new ConsumerCrashes(points, containers);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(LaneStore.class)
    static class RelayConfiguration {

        @Bean
        static RelayCrashes relayCrashes(CrashPoints points) {
            return new RelayCrashes(points);
        }
    }
}
