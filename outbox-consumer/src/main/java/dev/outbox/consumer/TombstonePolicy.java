package dev.outbox.consumer;

/**
 * What happens to a record that says which event it is, but has no payload.
 *
 * @since 0.1.0
 */
public enum TombstonePolicy {
    /** It is passed over and counted as ignored: in a compacted topic, it says that what had its key was deleted. */
    IGNORE,
    /** It is an event that cannot be read, and its failure policy is applied. */
    FAIL
}
