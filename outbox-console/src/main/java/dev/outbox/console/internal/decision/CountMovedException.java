package dev.outbox.console.internal.decision;

/** A decision would be about more or fewer events than the person saw. Nothing has changed. */
public final class CountMovedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long seen;
    private final long found;

    CountMovedException(long seen, long found) {
        super("You saw %d, and now it would be %d. Look again, and decide about what there is now."
                .formatted(seen, found));
        this.seen = seen;
        this.found = found;
    }

    /** {@return how many the person saw} */
    public long seen() {
        return seen;
    }

    /** {@return how many there are now} */
    public long found() {
        return found;
    }
}
