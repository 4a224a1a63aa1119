package dev.outbox.producer;

import dev.outbox.domain.DomainEvent;

/**
 * Raises a domain event in the current transaction. The event reaches Kafka if and only if the transaction commits.
 *
 * <p>{@code AbstractAggregateRoot} and {@code ApplicationEventPublisher} do the same; this interface is for code that wants to
 * make it explicit. Thread-safe.
 *
 * @since 0.1.0
 */
public interface Outbox {

    /**
     * Captures the event in its current state. It is written at the end of the transaction, after all changes of the
     * aggregates, together with the other events of the transaction and in the order in which they were raised. If it is raised
     * inside a savepoint that is rolled back, it is dropped.
     *
     * @param event an instance of a class annotated with {@link DomainEvent}
     * @throws EventRefusedException if there is no read-write transaction to write it in, or the event cannot be published as
     *     it is; the transaction may continue without it
     */
    void publish(Object event);
}
