package dev.outbox.consumer;

/**
 * What happens to an event whose attempts are used up. Until then it is tried again, and its partition waits.
 *
 * @since 0.1.0
 */
public enum FailurePolicy {
    /** For {@code @DomainEventHandler}: what the settings say. It cannot be a setting itself. */
    DEFAULT,
    /** The event and all later events of its key are parked, in order; other keys are not held up. */
    PARK_KEY,
    /** The record is sent to the dead-letter topic; later records of its key are handled. */
    DEAD_LETTER,
    /** The event is reported and given up; later events of its key are handled. */
    SKIP
}
