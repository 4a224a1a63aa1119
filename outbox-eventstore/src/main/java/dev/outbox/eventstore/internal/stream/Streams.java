package dev.outbox.eventstore.internal.stream;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.eventstore.Appended;
import dev.outbox.eventstore.ExpectedVersion;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.schema.OutboxTables;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The tables of the streams. Everything joins the transaction that is bound to the data source. */
public interface Streams {

    /**
     * Appends events to one stream if it has the expected version, in one statement. If it has another one, nothing is written
     * and no number is drawn. The stream is locked until the transaction ends.
     *
     * @param events of one aggregate, not empty
     * @return where they are; empty if the stream has another version
     */
    Optional<Appended> append(AggregateRef stream, ExpectedVersion expected, List<EventEnvelope> events);

    /**
     * Appends as {@link #append} does, and commits the transaction in the same round trip. The caller must call
     * {@link java.sql.Connection#commit()} next, which then finds nothing to do.
     *
     * @throws VersionTakenException if the stream has another version; the transaction must be rolled back
     */
    Appended appendAndCommit(AggregateRef stream, ExpectedVersion expected, List<EventEnvelope> events);

    /**
     * Locks streams until the transaction ends, in the order in which all transactions lock them, whether they exist or not.
     *
     * @return their versions under the lock, 0 for one that does not exist
     */
    Map<AggregateRef, Long> lock(Collection<AggregateRef> streams);

    /** {@return where the events are that this transaction has just appended to these streams} */
    Appended appendedTo(Collection<AggregateRef> streams);

    /** {@return the version of a stream, as far as it is committed; 0 if it does not exist} */
    long versionOf(AggregateRef stream);

    /** {@return the events of a stream after a version, in order} */
    List<StreamRow> read(AggregateRef stream, long after);

    /** {@return the streams in PostgreSQL; thread-safe} */
    static Streams postgres(StoredAggregates stored, DataSource dataSource, OutboxTables tables) {
        return new JdbcStreams(stored, dataSource, tables);
    }
}
