package dev.outbox.capture;

/**
 * Raises a domain event in the current transaction. The event reaches Kafka if and only if the transaction commits.
 *
 * <p>{@code AbstractAggregateRoot} and {@code ApplicationEventPublisher} lead to the same place; this interface is for
 * code that wants to say so. Thread-safe.
 */
public interface Outbox {

    /**
     * Takes the event as it is now. It is written at the end of the transaction, after all changes of the aggregates,
     * together with the other events of the transaction and in the order in which they were raised. Raised inside a
     * savepoint that is rolled back, it is dropped with it.
     *
     * @param event an instance of a class annotated with {@link dev.outbox.domain.DomainEvent}
     * @throws EventRefusedException if there is no read-write transaction to write it in, or the event cannot be
     *     published as it is; the transaction may go on without it
     */
    void publish(Object event);
}
