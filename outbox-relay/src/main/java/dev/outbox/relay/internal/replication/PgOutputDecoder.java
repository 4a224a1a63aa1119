package dev.outbox.relay.internal.replication;

import dev.outbox.relay.internal.replication.StreamMessage.Begin;
import dev.outbox.relay.internal.replication.StreamMessage.Committed;
import dev.outbox.relay.internal.replication.StreamMessage.Inserted;
import dev.outbox.relay.internal.replication.StreamMessage.Other;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Decodes the messages of pgoutput, version 1 of the protocol with binary values.
 *
 * <p>The stream describes the columns of a table before its first row, and again after they have changed; so this class has
 * a state, which is that of one stream. For use by a single thread.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">Logical Replication
 *     Message Formats</a>
 */
final class PgOutputDecoder {

    private final Map<Integer, StreamedTable> tables = new HashMap<>();

    /**
     * @throws IllegalStateException if the message is not as the protocol says, or a column is missing
     */
    StreamMessage decode(ByteBuffer message) {
        char kind = (char) message.get();
        return switch (kind) {
            case 'B' -> new Begin();
            case 'C' -> commit(message);
            case 'R' -> relation(message);
            case 'I' -> insert(message);
            default -> new Other();
        };
    }

    /** Flags, where the commit begins, where it ends, and its time. */
    private static StreamMessage commit(ByteBuffer message) {
        message.position(message.position() + Byte.BYTES + Long.BYTES);
        return new Committed(LogSequenceNumber.valueOf(message.getLong()));
    }

    private StreamMessage relation(ByteBuffer message) {
        int relation = message.getInt();
        text(message);
        text(message);
        message.get();
        int count = message.getShort();
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            message.get();
            names.add(text(message));
            message.getInt();
            message.getInt();
        }
        tables.put(relation, new StreamedTable(names));
        return new Other();
    }

    private StreamMessage insert(ByteBuffer message) {
        StreamedTable table = tables.get(message.getInt());
        char kind = (char) message.get();
        if (table == null || kind != 'N') {
            throw new IllegalStateException("The stream contains a row of a table that it has not described");
        }
        return new Inserted(table.row(message));
    }

    private static String text(ByteBuffer message) {
        int start = message.position();
        while (message.get() != 0) {
            // to the end of the text
        }
        ByteBuffer found = message.slice(start, message.position() - 1 - start);
        return StandardCharsets.UTF_8.decode(found).toString();
    }
}
