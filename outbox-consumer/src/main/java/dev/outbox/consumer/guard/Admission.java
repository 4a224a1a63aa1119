package dev.outbox.consumer.guard;

/**
 * What a guard decides about an event.
 *
 * @since 0.1.0
 */
public enum Admission {
    /** It has not been applied: apply it now. */
    NEW,
    /** A committed transaction has applied it: ignore it. */
    DUPLICATE,
    /** An event before it is missing: keep it, and all later events of its key, until the missing one has arrived. */
    GAP,
    /** Another event was applied under its sequence: keep it, and all later events of its key, until a person decides. */
    FORK,
    /**
     * It was not applied, but later events of its aggregate were: keep it, and all later events of its key, until a person
     * decides.
     */
    LATE;

    /** {@return whether the event is to be kept, neither applied nor ignored} */
    public boolean isHeldBack() {
        return this == GAP || this == FORK || this == LATE;
    }
}
