package dev.outbox.eventstore.internal.stream;

import dev.outbox.event.AggregateRef;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.schema.OutboxTables;
import javax.sql.DataSource;

/**
 * The table of the snapshots. Everything joins the transaction that is bound to the data source; what changes something is called
 * within one.
 */
public interface Snapshots {

    /**
     * {@return the snapshot of a stream and the events after it; the whole stream if there is none with this fingerprint} One
     * statement, so that both are of one moment.
     */
    StreamHistory load(AggregateRef stream, String fingerprint);

    /** Keeps a snapshot, unless there is one with the same fingerprint that is as new or newer. */
    void save(AggregateRef stream, String fingerprint, SnapshotRow snapshot);

    /** {@return whether a snapshot was dropped now; not if it was replaced or dropped in the meantime} */
    boolean drop(AggregateRef stream, String fingerprint, long version);

    /** Drops the snapshots of all streams whose state has data of a subject. */
    void dropAllOf(String subject);

    /** {@return the snapshots in PostgreSQL; thread-safe} */
    static Snapshots postgres(StoredAggregates stored, DataSource dataSource, OutboxTables tables) {
        return new JdbcSnapshots(stored, dataSource, tables);
    }
}
