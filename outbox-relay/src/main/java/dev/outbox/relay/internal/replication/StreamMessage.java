package dev.outbox.relay.internal.replication;

import org.postgresql.replication.LogSequenceNumber;

/** One message of the stream, as far as the relay needs it. */
public sealed interface StreamMessage {

    /** A transaction follows, which has committed. */
    record Begin() implements StreamMessage {}

    /**
     * A row that the transaction has inserted.
     *
     * @param row the row
     */
    record Inserted(StreamedRow row) implements StreamMessage {}

    /**
     * The transaction is complete.
     *
     * @param end where its commit ends in the WAL
     */
    record Committed(LogSequenceNumber end) implements StreamMessage {}

    /** Nothing that matters here. */
    record Other() implements StreamMessage {}
}
