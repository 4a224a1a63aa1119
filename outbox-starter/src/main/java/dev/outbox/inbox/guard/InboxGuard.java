package dev.outbox.inbox.guard;

import dev.outbox.store.OutboxTables;
import java.util.List;
import javax.sql.DataSource;

/**
 * Remembers, in the transaction of the effects, which events a consumer has applied. Thread-safe.
 *
 * <p>By default it is the table {@code inbox_event}, one row per consumer and event; {@code outbox.inbox.guard} chooses
 * another one of ours, and a bean of this type replaces it.
 */
public interface InboxGuard {

    /**
     * {@return what each event is to the consumer, in their order}
     *
     * <p>Runs in a transaction and enters the new ones in it: if that transaction is rolled back, they are as new as before.
     * Of an event that occurs twice, the second is a duplicate. If another transaction is about to apply one of them, waits
     * until it is known whether it succeeds.
     *
     * @param consumer name of the consumer; each has an inbox of its own
     * @param events not empty, in the order in which they will be applied
     * @throws IllegalStateException if the entries would not be part of the current transaction
     * @throws UncountedEventException if it cannot judge one of them; nothing is entered then
     */
    List<Admission> admit(String consumer, List<GuardedEvent> events);

    /**
     * Lets an event in that was held back, as somebody has decided: the next {@link #admit} has it as new. In a transaction.
     * A guard that holds nothing back has nothing to do.
     */
    default void letIn(String consumer, GuardedEvent event) {}

    /**
     * {@return the guard by the ids of processed events, in PostgreSQL, table {@code inbox_event}}
     *
     * @param dataSource the one that the transaction manager of the service binds its connections under
     */
    static InboxGuard byEventId(DataSource dataSource) {
        return byEventId(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same, on given tables} */
    static InboxGuard byEventId(DataSource dataSource, OutboxTables tables) {
        return new JdbcEventIdGuard(dataSource, tables);
    }

    /**
     * {@return the guard by the sequence within the aggregate, in PostgreSQL, table {@code inbox_sequence}}
     *
     * @param dataSource the one that the transaction manager of the service binds its connections under
     * @param lateStart whether the first event that a consumer sees of an aggregate may be a later one
     */
    static InboxGuard bySequence(DataSource dataSource, boolean lateStart) {
        return bySequence(dataSource, OutboxTables.ON_SEARCH_PATH, lateStart);
    }

    /** {@return the same, on given tables} */
    static InboxGuard bySequence(DataSource dataSource, OutboxTables tables, boolean lateStart) {
        return new JdbcSequenceGuard(dataSource, tables, lateStart);
    }

    /** {@return whether it has to see the events of types too that have no handler, as it counts them} */
    default boolean seesEveryType() {
        return false;
    }
}
