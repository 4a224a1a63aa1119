package dev.outbox.metrics;

import io.micrometer.core.instrument.Tags;

/**
 * How the meters of the outbox are tagged with what a service has named itself. Define a bean of this type to tag them
 * differently; all other tags, such as {@code reason}, are fixed. Names and further tags are a matter of Micrometer's {@code
 * MeterFilter}.
 *
 * <p>Each method is called once for each value, when a meter is registered. Its result must depend on its argument alone and have
 * the same keys each time. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
public interface OutboxMeterConvention {

    /** The tags {@code type}, {@code topic} and {@code consumer}. */
    OutboxMeterConvention DEFAULT = new OutboxMeterConvention() {};

    /** {@return the tags for a declared type of event, without its version} */
    default Tags type(String type) {
        return Tags.of("type", type);
    }

    /** {@return the tags for a topic to which events are published} */
    default Tags topic(String topic) {
        return Tags.of("topic", topic);
    }

    /** {@return the tags for a consumer, by its name in the inbox, which is its consumer group} */
    default Tags consumer(String consumer) {
        return Tags.of("consumer", consumer);
    }

    /** {@return the convention that uses the names of OpenTelemetry: {@code messaging.destination.name} and so on} */
    static OutboxMeterConvention openTelemetry() {
        return new OutboxMeterConvention() {

            @Override
            public Tags type(String type) {
                return Tags.of("cloudevents.event_type", type);
            }

            @Override
            public Tags topic(String topic) {
                return Tags.of("messaging.system", "kafka", "messaging.destination.name", topic);
            }

            @Override
            public Tags consumer(String consumer) {
                return Tags.of("messaging.system", "kafka", "messaging.consumer.group.name", consumer);
            }
        };
    }
}
