package dev.outbox.relay.internal.replication;

import dev.outbox.relay.broker.OutboxRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A row of {@code outbox_event} in a message of the stream, which is backed by an array. Only what a lane needs is made an event of: what it reads from the table
 * comes by the stream as well, and is not read twice.
 */
public final class StreamedRow {

    private final StreamedTable table;
    private final ByteBuffer message;

    /** For each column where its value begins, and how long it is; a length of -1 is null. */
    private final int[] values;

    StreamedRow(StreamedTable table, ByteBuffer message, int[] values) {
        this.table = table;
        this.message = message;
        this.values = values;
    }

    /** {@return the transaction, as the row names it} */
    public long xid() {
        return int64(StreamedColumn.XID);
    }

    public int bucket() {
        return message.getShort(start(StreamedColumn.BUCKET));
    }

    public int payloadBytes() {
        return length(StreamedColumn.PAYLOAD);
    }

    /** {@return the event} For use by the thread that reads the stream. */
    public OutboxRow read() {
        return table.read(this);
    }

    boolean isNull(StreamedColumn column) {
        return values[2 * column.place() + 1] < 0;
    }

    long int64(StreamedColumn column) {
        return message.getLong(start(column));
    }

    long int64(StreamedColumn column, int offset) {
        return message.getLong(start(column) + offset);
    }

    int int32(StreamedColumn column) {
        return message.getInt(start(column));
    }

    byte[] bytes(StreamedColumn column) {
        byte[] bytes = new byte[length(column)];
        message.get(start(column), bytes);
        return bytes;
    }

    String text(StreamedColumn column) {
        return new String(
                message.array(), message.arrayOffset() + start(column), length(column), StandardCharsets.UTF_8);
    }

    String text(StreamedColumn column, RepeatedText texts) {
        return texts.of(message, start(column), length(column));
    }

    private int length(StreamedColumn column) {
        start(column);
        return values[2 * column.place() + 1];
    }

    private int start(StreamedColumn column) {
        if (isNull(column)) {
            throw new IllegalStateException(
                    "The stream contains a row of outbox_event without column " + column.columnName());
        }
        return values[2 * column.place()];
    }
}
