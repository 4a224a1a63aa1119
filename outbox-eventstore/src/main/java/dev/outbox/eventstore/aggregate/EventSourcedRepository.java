package dev.outbox.eventstore.aggregate;

/**
 * The aggregates of one {@link EventSourced} class. There is a bean for each such class, to be injected by its type:
 *
 * <pre>{@code
 * @Service
 * class Accounts {
 *
 *     private final EventSourcedRepository<Account> accounts;
 * }
 * }</pre>
 *
 * <p>An id is given as the {@code @AggregateId} of the events is declared, or as its text. Thread-safe.
 *
 * @param <S> the state
 * @since 0.1.0
 */
public interface EventSourcedRepository<S> {

    /**
     * {@return the aggregate as it is now} Within a transaction, this includes the events that it has raised so far.
     *
     * @throws dev.outbox.eventstore.IncompleteStreamException if an event of it is missing
     * @throws dev.outbox.upcast.UnreadablePayloadException if an event cannot be read
     */
    Versioned<S> load(Object id);

    /**
     * Loads an aggregate, decides, and appends the events of the decision.
     *
     * <p>Without a transaction, this begins one, commits it, and begins again with a new state if another transaction was faster;
     * {@code outbox.eventstore.retry.attempts} says how often. Within a transaction, everything is part of it, and a conflict is
     * an exception: the caller has seen things that may have changed as well.
     *
     * @return the aggregate after the decision
     * @throws dev.outbox.eventstore.VersionConflictException if another transaction was faster, within a transaction, or each
     *     time
     * @throws RuntimeException what the decision throws; nothing has been appended then
     */
    Versioned<S> execute(Object id, Decision<S> decision);
}
