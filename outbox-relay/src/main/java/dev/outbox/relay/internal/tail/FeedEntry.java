package dev.outbox.relay.internal.tail;

import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.Snapshot;
import java.util.List;
import org.postgresql.replication.LogSequenceNumber;

/** What the stream brings for a lane. */
sealed interface FeedEntry {

    /**
     * What one transaction has raised in the buckets of the lane.
     *
     * @param xid the transaction
     * @param end where its commit ends in the WAL
     * @param rows its events
     * @param bytes the sum of their payloads
     */
    record Transaction(long xid, LogSequenceNumber end, List<OutboxRow> rows, long bytes) implements FeedEntry {}

    /**
     * Everything that the snapshot sees stands before this entry.
     *
     * @param snapshot taken while the stream was on its way here
     */
    record Passed(Snapshot snapshot) implements FeedEntry {}
}
