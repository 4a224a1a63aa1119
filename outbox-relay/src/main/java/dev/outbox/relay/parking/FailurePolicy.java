package dev.outbox.relay.parking;

/** What becomes of an event that the broker refuses for good. Trouble that may pass is never treated so. */
public enum FailurePolicy {
    /** The event and all later ones of its aggregate are parked, in order; other aggregates are not held up. */
    PARK_KEY,
    /** The lane waits, and tries again and again, until the event can be published. */
    STOP,
    /** The event is reported and given up; the later ones of its aggregate are published. */
    SKIP
}
