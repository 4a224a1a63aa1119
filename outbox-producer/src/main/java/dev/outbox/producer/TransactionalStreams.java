package dev.outbox.producer;

import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.stream.LastAppend;
import dev.outbox.internal.stream.StreamCapture;
import dev.outbox.producer.internal.metrics.CaptureMeters;
import dev.outbox.producer.internal.write.OutboxWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Lets the event store write into the current transaction, by the rules that hold for events that are raised in it. */
final class TransactionalStreams implements StreamCapture {

    private final DomainEventTypes types;
    private final EnvelopeFactory envelopes;
    private final OutboxWriter writer;
    private final Supplier<CaptureMeters> meters;

    TransactionalStreams(
            DomainEventTypes types, EnvelopeFactory envelopes, OutboxWriter writer, Supplier<CaptureMeters> meters) {
        this.types = types;
        this.envelopes = envelopes;
        this.writer = writer;
        this.meters = meters;
    }

    @Override
    public List<EventEnvelope> capture(List<?> events) {
        try {
            List<EventEnvelope> captured = new ArrayList<>();
            for (Object event : events) {
                TransactionalOutbox.currentTransaction(event);
                captured.add(envelopes.create(TransactionalOutbox.typeOf(event, types), event));
            }
            if (!events.isEmpty()) {
                TransactionalOutbox.currentTransaction(events.get(0)).writeEarly();
            }
            return captured;
        } catch (EventRefusedException refused) {
            meters.get().refused(refused.reason());
            throw refused;
        }
    }

    @Override
    public void writePending() {
        CapturedEvents captured = CapturedEvents.current();
        if (captured != null && captured.isOpen()) {
            captured.writePending();
        }
    }

    @Override
    public void write(List<EventEnvelope> events) {
        writer.append(events);
    }

    @Override
    public boolean leaveToCommit(LastAppend append) {
        CapturedEvents captured = CapturedEvents.current();
        return captured != null && captured.leaveToCommit(append);
    }

    @Override
    public void appended(List<EventEnvelope> events) {
        CapturedEvents captured = CapturedEvents.current();
        if (captured == null) {
            throw new IllegalStateException("Events were appended outside of the transaction that captured them");
        }
        captured.addAppended(events);
    }
}
