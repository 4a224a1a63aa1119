package dev.outbox.producer.internal.write;

import dev.outbox.event.EventEnvelope;

/**
 * An event of an aggregate that counts its own events.
 *
 * @param aggregateSeq its sequence within its aggregate, counted from 1
 * @param event the event itself
 */
public record CountedEvent(long aggregateSeq, EventEnvelope event) {

    /**
     * @throws IllegalArgumentException if the number is below 1
     */
    public CountedEvent {
        if (aggregateSeq < 1) {
            throw new IllegalArgumentException("%s is counted as %d, below 1".formatted(event, aggregateSeq));
        }
    }
}
