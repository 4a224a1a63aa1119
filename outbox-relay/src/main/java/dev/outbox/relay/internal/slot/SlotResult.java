package dev.outbox.relay.internal.slot;

import java.time.Duration;

/** What happened to a slot that might have been truncated. */
public sealed interface SlotResult {

    /** {@return the slot, partition {@code outbox_event_<slot>}} */
    int slot();

    /**
     * All its events were old enough, and each was published, set aside or given up; they are removed.
     *
     * @param bytes the size of the slot before, including its indexes
     */
    record Truncated(int slot, long bytes) implements SlotResult {}

    /** The slot contains nothing. */
    record Empty(int slot) implements SlotResult {}

    /** Transactions write into it now, or will in the next period. */
    record InUse(int slot) implements SlotResult {}

    /**
     * Its events must be kept for longer.
     *
     * @param left for how much longer
     */
    record TooYoung(int slot, Duration left) implements SlotResult {}

    /**
     * An event in it is not, or not known to be, in Kafka.
     *
     * @param reason what is missing
     */
    record Unpublished(int slot, String reason) implements SlotResult {}

    /** Another transaction reads it or has written into it; the next attempt may find it free. */
    record Busy(int slot) implements SlotResult {}
}
