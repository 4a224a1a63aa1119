package dev.outbox.consumer.guard;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import javax.sql.DataSource;

/**
 * Remembers, in the transaction of the effects, which events a consumer has applied. Thread-safe.
 *
 * <p>The default guard uses the table {@code inbox_event}, one row per consumer and event. {@code outbox.inbox.guard} chooses
 * another one of our guards, and a bean of this type replaces it.
 *
 * @since 0.1.0
 */
public interface InboxGuard {

    /**
     * {@return the verdict on each event for the consumer, in their order}
     *
     * <p>Runs in a transaction and enters the new events in it: if that transaction is rolled back, they are as new as before.
     * If an event occurs twice, the second one is a duplicate. If another transaction is about to apply one of the events, this
     * call waits until it is known whether that transaction succeeds.
     *
     * @param consumer name of the consumer; each consumer has its own inbox
     * @param events the events, not empty, in the order in which they will be applied
     * @throws IllegalStateException if the entries would not be part of the current transaction
     * @throws UncountedEventException if the guard cannot judge one of the events; nothing is entered then
     */
    List<Admission> admit(String consumer, List<GuardedEvent> events);

    /**
     * Lets in an event that was held back, because somebody has decided so: the next {@link #admit} treats it as new. Runs in a
     * transaction. A guard that holds nothing back has nothing to do.
     */
    default void letIn(String consumer, GuardedEvent event) {}

    /**
     * {@return the guard by the ids of applied events, table {@code inbox_event}} It asks once which database it is on.
     *
     * @param dataSource the DataSource under which the service's transaction manager binds its connections
     * @throws RuntimeException if the outbox does not work on that database, or it cannot be reached
     */
    static InboxGuard byEventId(DataSource dataSource) {
        return byEventId(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same, on given tables} */
    static InboxGuard byEventId(DataSource dataSource, OutboxTables tables) {
        DatabaseProduct product = DatabaseProduct.of(dataSource);
        return product == DatabaseProduct.POSTGRESQL
                ? new JdbcEventIdGuard(dataSource, tables)
                : new JdbcPortableEventIdGuard(product, dataSource, tables);
    }

    /**
     * {@return the guard by the sequence within the aggregate, table {@code inbox_sequence}} It asks once which database it is
     * on.
     *
     * @param dataSource the DataSource under which the service's transaction manager binds its connections
     * @param lateStart whether the first event of an aggregate that a consumer sees may be a later one
     * @throws RuntimeException if the outbox does not work on that database, or it cannot be reached
     */
    static InboxGuard bySequence(DataSource dataSource, boolean lateStart) {
        return bySequence(dataSource, OutboxTables.ON_SEARCH_PATH, lateStart);
    }

    /** {@return the same, on given tables} */
    static InboxGuard bySequence(DataSource dataSource, OutboxTables tables, boolean lateStart) {
        DatabaseProduct product = DatabaseProduct.of(dataSource);
        return product == DatabaseProduct.POSTGRESQL
                ? new JdbcSequenceGuard(dataSource, tables, lateStart)
                : new JdbcPortableSequenceGuard(product, dataSource, tables, lateStart);
    }

    /** {@return whether the guard must also see events of types that have no handler, because it counts them} */
    default boolean seesEveryType() {
        return false;
    }
}
