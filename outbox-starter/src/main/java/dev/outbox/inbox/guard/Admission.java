package dev.outbox.inbox.guard;

/** What a guard says of an event. */
public enum Admission {
    /** It has not been applied: apply it now. */
    NEW,
    /** A committed transaction has applied it: leave it. */
    DUPLICATE,
    /** An event before it is missing: keep it, and all later ones of its key, until that has come. */
    GAP,
    /** Another event has been applied under its sequence: keep it, and all later ones of its key, until a person decides. */
    FORK,
    /** It has not been applied, though later ones of its aggregate have: keep it, and all later ones of its key, likewise. */
    LATE;

    /** {@return whether it is to be kept, neither applied nor left} */
    public boolean isHeldBack() {
        return this == GAP || this == FORK || this == LATE;
    }
}
