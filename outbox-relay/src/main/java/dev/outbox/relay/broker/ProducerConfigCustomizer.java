package dev.outbox.relay.broker;

import java.util.Map;

/**
 * Changes the settings of the relay's Kafka producer before it is made; a bean of this type is called at start.
 *
 * <p>Settings on which order and durability rest, or may ({@code acks}, idempotence, retries, timeouts of delivery,
 * partitioner, interceptors, serializers), are not taken over from it; see {@link BrokerSettings}.
 */
@FunctionalInterface
public interface ProducerConfigCustomizer {

    /** Changes the map, which holds the settings of the service's producer factory. */
    void customize(Map<String, Object> configuration);
}
