package dev.outbox.producer.internal.downcast;

import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.event.NewerPayload;
import dev.outbox.format.PayloadFormat;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.format.PayloadFormats;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an event in the format that is configured for its type. If an earlier version is also published, it becomes the
 * payload, which every consumer finds where it always was, and the current version is sent in headers. It is still one event:
 * one row, one record, one id. Thread-safe.
 */
public final class PayloadWriter {

    private final PayloadFormats formats;
    private final Supplier<Downcasters> downcasters;

    PayloadWriter(PayloadFormats formats, Supplier<Downcasters> downcasters) {
        this.formats = formats;
        this.downcasters = SingletonSupplier.of(downcasters);
    }

    /**
     * {@return the event as it is stored and sent}
     *
     * <p>If it throws anything, the event is refused in the transaction of the caller.
     */
    public WrittenPayload write(DomainEventType type, Object event) {
        PayloadFormat format = formats.writing(type);
        EventType current = type.eventType();
        EventPayload payload = EventPayload.of(format.contentType(), format.write(event, type));
        List<DowncasterStep> steps = downcasters.get().of(current);
        if (steps.isEmpty()) {
            return new WrittenPayload(current, payload, Map.of());
        }
        ObjectNode tree = format.readTree(payload.bytes(), current);
        EventType earlier = current;
        for (DowncasterStep step : steps) {
            tree = step.apply(tree);
            earlier = step.to();
        }
        return new WrittenPayload(
                earlier,
                EventPayload.of(format.contentType(), format.write(tree, earlier)),
                NewerPayload.of(current.version(), payload).headers());
    }
}
