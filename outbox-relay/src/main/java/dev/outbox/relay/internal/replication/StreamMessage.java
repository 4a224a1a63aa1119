package dev.outbox.relay.internal.replication;

import dev.outbox.relay.broker.OutboxRow;
import org.postgresql.replication.LogSequenceNumber;

/** One message of the stream, as far as the relay needs it. */
public sealed interface StreamMessage {

    /** A transaction follows, which has committed. */
    record Begin() implements StreamMessage {}

    /**
     * A row that the transaction has inserted.
     *
     * @param xid the transaction, as the row names it
     * @param bucket the bucket of the event
     * @param row the event
     */
    record Inserted(long xid, int bucket, OutboxRow row) implements StreamMessage {}

    /**
     * The transaction is complete.
     *
     * @param end where its commit ends in the WAL
     */
    record Committed(LogSequenceNumber end) implements StreamMessage {}

    /** Nothing that matters here. */
    record Other() implements StreamMessage {}
}
