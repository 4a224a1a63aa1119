package dev.outbox.relay.parking;

/**
 * What happens to an event that the broker refuses for good. It never applies to trouble that may pass.
 *
 * @since 0.1.0
 */
public enum RefusalPolicy {
    /** The event and all later ones of its aggregate are parked, in order; other aggregates are not held up. */
    PARK_KEY,
    /** The lane waits, and tries again and again, until the event can be published. */
    STOP,
    /** The event is reported and discarded; the later ones of its aggregate are published. */
    SKIP
}
