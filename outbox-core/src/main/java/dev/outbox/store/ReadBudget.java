package dev.outbox.store;

import java.util.List;

/**
 * How much one read may return.
 *
 * @param rows most rows
 * @param bytes payload bytes after which no further row is returned; the row that crosses it still is, so that an event
 *     larger than the whole budget gets through
 */
public record ReadBudget(int rows, long bytes) {

    /**
     * @throws IllegalArgumentException if a bound is not positive
     */
    public ReadBudget {
        if (rows < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "A read of %d rows and %d bytes could return nothing".formatted(rows, bytes));
        }
    }

    /** {@return whether no further row is to follow these because of their bytes} */
    boolean isSpentBy(List<OutboxRow> read) {
        return bytesOf(read) >= bytes;
    }

    static long bytesOf(List<OutboxRow> read) {
        long sum = 0;
        for (OutboxRow row : read) {
            sum += row.event().payload().size();
        }
        return sum;
    }
}
