package dev.outbox.relay.internal.log;

import dev.outbox.relay.broker.OutboxRow;
import java.util.List;

/**
 * The result of one read.
 *
 * @param rows events in order of {@code seq}
 * @param end the position of the reader when all the rows are done
 */
public record OutboxPage(List<OutboxRow> rows, Position end) {

    /** Keeps an unmodifiable copy. */
    public OutboxPage {
        rows = List.copyOf(rows);
    }

    /** {@return the sum of all payloads, in bytes} */
    public long bytes() {
        return ReadBudget.bytesOf(rows);
    }

    /** {@return whether everything visible at the time of the read has been read} */
    public boolean isCaughtUp() {
        return end.paging() == null;
    }
}
