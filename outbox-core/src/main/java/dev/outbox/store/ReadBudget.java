package dev.outbox.store;

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
}
