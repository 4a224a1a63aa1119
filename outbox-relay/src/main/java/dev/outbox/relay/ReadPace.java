package dev.outbox.relay;

/**
 * How soon one read may follow another: a rest apart on the whole, a few at once after a quiet moment. Events that come
 * now and then, and two of them together by chance, need not wait for each other.
 *
 * <p>It is the virtual scheduling of the generic cell rate algorithm (ITU-T I.371, annex A). For one thread.
 */
final class ReadPace {

    /** How many reads may follow each other at once. */
    private static final int AT_ONCE = 8;

    private final long credit;
    private long next;

    /**
     * @param rest the least rest after a read, in nanoseconds
     * @param now by the ticker that the reads are told by
     */
    ReadPace(long rest, long now) {
        this.credit = rest * (AT_ONCE - 1);
        this.next = now - credit;
    }

    /**
     * {@return from when on the next read may be made}
     *
     * @param read when the last one was made
     * @param rest for how long it is to be followed by no other, on the whole
     */
    long nextRead(long read, long rest) {
        next = Math.max(next, read - credit) + rest;
        return next;
    }
}
