package dev.outbox.relay.broker;

import java.util.Map;

/**
 * Changes the settings of the relay's Kafka producer before it is made; a bean of this type is called at start.
 *
 * <p>Settings on which order and durability rest ({@code acks}, idempotence, retries, timeouts of delivery, serializers)
 * are set afterwards and cannot be changed.
 */
@FunctionalInterface
public interface ProducerConfigCustomizer {

    /** Changes the map, which holds what {@code spring.kafka.*} says. */
    void customize(Map<String, Object> configuration);
}
