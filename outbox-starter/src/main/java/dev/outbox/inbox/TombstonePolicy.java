package dev.outbox.inbox;

/** What becomes of a record that says which event it is, but has no payload. */
public enum TombstonePolicy {
    /** It is passed over and counted as ignored: a compacted topic says by it that what had its key is gone. */
    IGNORE,
    /** It is an event that cannot be read, and goes the way of its failure policy. */
    FAIL
}
