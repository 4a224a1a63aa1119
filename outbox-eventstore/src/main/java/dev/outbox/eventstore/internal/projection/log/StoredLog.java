package dev.outbox.eventstore.internal.projection.log;

import dev.outbox.schema.OutboxTables;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/** The stored events, as a projection reads them. Thread-safe. */
public interface StoredLog {

    /** {@return the log of a database} */
    static StoredLog of(DataSource dataSource, OutboxTables tables) {
        return new JdbcStoredLog(dataSource, tables);
    }

    /**
     * {@return the next events after a position} Within a transaction, it reads on the connection of that transaction.
     *
     * @param rows how many events at most
     * @param bytes payload bytes after which no further event is read; the one that crosses the limit is
     * @throws ForeignLogPositionException if the position, or an event, belongs to another server than this one
     */
    LogPage read(Buckets buckets, LogPosition after, int rows, long bytes);

    /**
     * Looks whether there is anything to read, without reading it.
     *
     * @param done a snapshot, as of an earlier look or of a position
     * @return the snapshot of this look; empty if events have been committed in between
     */
    Optional<String> nothingSince(Buckets buckets, String done);

    /** {@return the position of somebody to whom every event matters that is committed from now on} */
    LogPosition now();

    /**
     * {@return the position before the first event that was raised at that time or later} Later events of its stream come after
     * it, whatever time the clocks of their writers showed.
     */
    LogPosition since(Instant time);

    /** {@return how many events are stored} */
    long size();
}
