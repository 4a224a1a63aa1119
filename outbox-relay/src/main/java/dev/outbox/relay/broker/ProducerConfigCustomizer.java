package dev.outbox.relay.broker;

import java.util.Map;

/**
 * Changes the settings of the relay's Kafka producer before it is created; a bean of this type is called at start.
 *
 * <p>Settings that order and durability rely on, or may rely on ({@code acks}, idempotence, retries, delivery timeouts,
 * partitioner, interceptors, serializers), are not taken from it.
 * What is not taken is named at start.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProducerConfigCustomizer {

    /** Changes the map, which holds the settings of the service's producer factory. */
    void customize(Map<String, Object> configuration);
}
