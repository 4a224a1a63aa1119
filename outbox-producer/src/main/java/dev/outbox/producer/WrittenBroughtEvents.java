package dev.outbox.producer;

import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.capture.BroughtEvents;
import dev.outbox.internal.capture.BroughtPayload;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.producer.internal.downcast.PayloadWriter;
import dev.outbox.producer.internal.downcast.WrittenPayload;
import dev.outbox.producer.internal.write.OutboxWriter;
import java.util.List;

/** Writes what other modules bring along by the statement for events that are raised. */
record WrittenBroughtEvents(String source, PayloadWriter payloads, OutboxWriter writer) implements BroughtEvents {

    @Override
    public BroughtPayload write(DomainEventType type, Object event) {
        if (payloads.encrypts(type)) {
            throw new IllegalArgumentException(
                    "%s has data that is to be encrypted, which an import cannot do. Let the other outbox publish it."
                            .formatted(type));
        }
        WrittenPayload written = payloads.write(type, event);
        return new BroughtPayload(written.type(), written.payload(), written.headers());
    }

    @Override
    public void append(List<EventEnvelope> events) {
        writer.append(events);
    }
}
