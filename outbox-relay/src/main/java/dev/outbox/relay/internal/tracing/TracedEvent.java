package dev.outbox.relay.internal.tracing;

import dev.outbox.event.EventEnvelope;
import java.util.Map;

/**
 * What a span says about an event; never its payload, nor the id of its aggregate.
 *
 * @param headers those of the event, among them its trace
 */
record TracedEvent(String id, String type, String aggregateType, String topic, Map<String, String> headers) {

    static TracedEvent of(EventEnvelope event) {
        return new TracedEvent(
                event.id().toString(), event.type().name(), event.aggregate().type(), event.topic(), event.headers());
    }
}
