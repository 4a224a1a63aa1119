package dev.outbox.producer;

import dev.outbox.domain.DomainEvent;
import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.transaction.EventsRefused;
import dev.outbox.producer.internal.metrics.CaptureMeters;
import dev.outbox.producer.internal.metrics.RefusalReason;
import dev.outbox.producer.internal.write.CountedEvent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Adds the serialised event to the captured events of the current transaction. */
final class TransactionalOutbox implements Outbox {

    private final DomainEventTypes types;
    private final EnvelopeFactory envelopes;
    private final Supplier<CaptureMeters> meters;

    TransactionalOutbox(DomainEventTypes types, EnvelopeFactory envelopes, Supplier<CaptureMeters> meters) {
        this.types = types;
        this.envelopes = envelopes;
        this.meters = meters;
    }

    @Override
    public void publish(Object event) {
        try {
            capture(event);
        } catch (EventRefusedException refused) {
            meters.get().refused(refused.reason());
            throw refused;
        }
    }

    private void capture(Object event) {
        DomainEventType type = typeOf(event, types);
        CapturedEvents captured = currentTransaction(event);
        EventEnvelope envelope = envelopes.create(type, event);
        if (type.hasAggregateSequence()) {
            captured.add(
                    new CountedEvent(sequenceOf(type, event, captured.lastSequenceOf(envelope.aggregate())), envelope));
        } else {
            captured.add(envelope);
        }
    }

    private static long sequenceOf(DomainEventType type, Object event, @Nullable Long last) {
        Long sequence = type.aggregateSequenceOf(event);
        if (sequence == null) {
            throw new EventRefusedException(
                    RefusalReason.AGGREGATE_SEQUENCE,
                    event.getClass(),
                    "has an aggregate sequence that is null",
                    "The aggregate must count the event before it is raised.");
        }
        if (sequence < 1) {
            throw new EventRefusedException(
                    RefusalReason.AGGREGATE_SEQUENCE,
                    event.getClass(),
                    "has the aggregate sequence %d, but the first event of an aggregate is 1".formatted(sequence),
                    "The aggregate must count the event before it is raised.");
        }
        if (last != null && sequence != last + 1) {
            throw new EventRefusedException(
                    RefusalReason.AGGREGATE_SEQUENCE,
                    event.getClass(),
                    "has the aggregate sequence %d, but follows %d of the same aggregate in this transaction"
                            .formatted(sequence, last),
                    "Give each event the next number, and raise them in that order.");
        }
        return sequence;
    }

    /** {@return the captured events of the transaction in which an event can be raised now} */
    static CapturedEvents currentTransaction(Object event) {
        String where = EventsRefused.where();
        if (where != null) {
            throw new EventRefusedException(
                    RefusalReason.PROJECTION,
                    event.getClass(),
                    "was raised by %s, which would raise it again at each rebuild".formatted(where),
                    "Raise it where the events are raised that the projection handles, or in a @DomainEventHandler of them.");
        }
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new EventRefusedException(
                    RefusalReason.NO_TRANSACTION,
                    event.getClass(),
                    "was raised without a transaction",
                    "Raise it in a method annotated with @Transactional, together with the change it reports.");
        }
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw new EventRefusedException(
                    RefusalReason.READ_ONLY,
                    event.getClass(),
                    "was raised in a read-only transaction",
                    "Remove readOnly = true from the transaction that changes the aggregate.");
        }
        CapturedEvents captured = CapturedEvents.current();
        // While a transaction is completing, it counts as active but accepts no more synchronizations.
        if (captured == null && TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new EventRefusedException(
                    RefusalReason.FOREIGN_TRANSACTION,
                    event.getClass(),
                    "was raised in a transaction that the outbox does not take part in",
                    "The transaction manager of the innermost transaction must be a bean and open a connection of the"
                            + " outbox's DataSource; raise the event in such a transaction.");
        }
        if (captured == null || !captured.isOpen()) {
            throw new EventRefusedException(
                    RefusalReason.TOO_LATE,
                    event.getClass(),
                    "was raised while its transaction was committing or after that",
                    "Raise it earlier, or in its own transaction (propagation REQUIRES_NEW).");
        }
        return captured;
    }

    /** {@return what the class of an event declares} */
    static DomainEventType typeOf(Object event, DomainEventTypes types) {
        return types.find(event.getClass()).orElseThrow(() -> undeclared(event));
    }

    private static EventRefusedException undeclared(Object event) {
        Class<?> type = event.getClass();
        if (!type.isAnnotationPresent(DomainEvent.class)
                && MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY).isPresent(DomainEvent.class)) {
            return new EventRefusedException(
                    RefusalReason.UNDECLARED,
                    type,
                    "is not a declared domain event itself; only a supertype or an annotation of it is",
                    "Annotate the class itself with @DomainEvent, with its own type: each type has one payload.");
        }
        return new EventRefusedException(
                RefusalReason.UNDECLARED,
                type,
                "is not a declared domain event",
                "Annotate the class with @DomainEvent, in a package of the application or one that outbox.packages names.");
    }
}
