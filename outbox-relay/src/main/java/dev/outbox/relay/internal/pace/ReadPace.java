package dev.outbox.relay.internal.pace;

/**
 * How soon one read may follow another: on average there is a rest between reads, but a few may follow at once after a quiet
 * moment. Events that come now and then, and two that happen to come together, need not wait for each other.
 *
 * <p>This is the virtual scheduling of the generic cell rate algorithm (ITU-T I.371, annex A). For use by a single thread.
 */
final class ReadPace {

    /** How many reads may follow each other at once. */
    private static final int AT_ONCE = 8;

    private final long credit;
    private long next;

    /**
     * @param rest the shortest rest after a read, in nanoseconds
     * @param now reading of the ticker that also times the reads
     */
    ReadPace(long rest, long now) {
        this.credit = rest * (AT_ONCE - 1);
        this.next = now - credit;
    }

    /**
     * {@return the earliest time of the next read}
     *
     * @param read when the last one was made
     * @param rest how long no other read may follow it, on average
     */
    long nextRead(long read, long rest) {
        next = Math.max(next, read - credit) + rest;
        return next;
    }
}
