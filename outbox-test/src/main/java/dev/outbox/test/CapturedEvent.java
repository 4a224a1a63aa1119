package dev.outbox.test;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventType;
import java.util.UUID;

/**
 * An event in the outbox.
 *
 * @param id its id
 * @param type name and version on the wire
 * @param aggregate the aggregate that it belongs to
 * @param sequence its number within the aggregate
 * @param topic where it is published
 * @param event the event as an object of the class that declares it
 * @since 0.1.0
 */
public record CapturedEvent(
        UUID id, EventType type, AggregateRef aggregate, long sequence, String topic, Object event) {

    /** {@return the class of the event and its aggregate, to name it in messages} */
    @Override
    public String toString() {
        return "%s of %s".formatted(event, aggregate);
    }
}
