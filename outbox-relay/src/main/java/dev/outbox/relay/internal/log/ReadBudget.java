package dev.outbox.relay.internal.log;

import dev.outbox.relay.broker.OutboxRow;
import java.util.List;

/**
 * How much one read may return.
 *
 * @param rows maximum number of rows
 * @param bytes payload bytes after which no further row is returned; the row that crosses it is still returned, so that an
 *     event larger than the whole budget gets through
 */
public record ReadBudget(int rows, long bytes) {

    /**
     * @throws IllegalArgumentException if a limit is not positive
     */
    public ReadBudget {
        if (rows < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "A read of %d rows and %d bytes could return nothing".formatted(rows, bytes));
        }
    }

    /** {@return whether the bytes of these rows leave no room for another row} */
    public boolean isSpentBy(List<OutboxRow> read) {
        return bytesOf(read) >= bytes;
    }

    /** {@return the budget of so many reads} */
    public ReadBudget times(int reads) {
        return new ReadBudget((int) Math.min((long) rows * reads, Integer.MAX_VALUE), bytes * reads);
    }

    /** {@return the sum of all payloads, in bytes} */
    public static long bytesOf(List<OutboxRow> read) {
        long sum = 0;
        for (OutboxRow row : read) {
            sum += row.event().payload().size();
        }
        return sum;
    }
}
