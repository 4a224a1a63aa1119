package dev.outbox.producer.internal.write;

import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.stream.EventTable;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.schema.OutboxTables;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Writes events into the outbox table. */
public interface OutboxWriter {

    /**
     * Appends events in the given order, in one statement on the connection of the current transaction, and numbers them
     * within their aggregates. From then until that transaction ends, the aggregates are locked against other writers of
     * events.
     *
     * <p>Call this after every change of the aggregates has reached the database. Only then is the order of {@code seq} the
     * order of the changes.
     *
     * @param events the events of the transaction in the order in which they were raised; not empty
     * @throws org.springframework.dao.DataAccessException if the database refuses the rows; the transaction must be
     *     rolled back
     */
    void append(List<EventEnvelope> events);

    /**
     * Appends events as {@link #append} does, but with the numbers that their aggregates have given them. It locks nothing:
     * each of the aggregates must be locked by a change in the current transaction, such as an update of the row with its
     * count.
     *
     * @param events the events of the transaction whose aggregates count their own events, in the order in which they were
     *     raised; not empty
     * @throws org.springframework.dao.DataAccessException if the database refuses the rows; the transaction must be
     *     rolled back
     */
    void appendCounted(List<CountedEvent> events);

    /**
     * {@return a writer that appends as this one does and commits the transaction in the same round trip; this one if it
     * cannot} Every change of the transaction must already have reached the database, and the caller must call
     * {@link java.sql.Connection#commit()} next, which then finds nothing to do. If the returned writer throws, the transaction
     * is rolled back, or, if the connection was lost, may have been committed.
     */
    default OutboxWriter committing() {
        return this;
    }

    /** {@return a thread-safe writer for PostgreSQL that joins the transaction bound to the data source} */
    static OutboxWriter postgres(DataSource dataSource) {
        return postgres(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same, for the given tables} */
    static OutboxWriter postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcOutboxWriter(dataSource, tables, EventTable.SLOTS);
    }

    /** {@return the same on any of our databases; on others than PostgreSQL, {@link #append} takes two statements} */
    static OutboxWriter on(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        return product == DatabaseProduct.POSTGRESQL
                ? postgres(dataSource, tables)
                : new JdbcPortableOutboxWriter(product, dataSource, tables);
    }

    /** {@return the same for a service in which the events of some aggregate types are stored as streams; on PostgreSQL} */
    static OutboxWriter storing(StoredAggregates stored, DataSource dataSource, OutboxTables tables) {
        Map<EventTable, OutboxWriter> writers = new EnumMap<>(EventTable.class);
        for (EventTable table : EventTable.values()) {
            writers.put(table, new JdbcOutboxWriter(dataSource, tables, table));
        }
        return new StoringOutboxWriter(stored, writers);
    }
}
