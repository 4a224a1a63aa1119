package dev.outbox.eventstore;

/**
 * The version that a stream must have for events to be appended to it: the one that a decision was based on.
 *
 * @since 0.1.0
 */
public final class ExpectedVersion {

    private static final long ANY = -1;
    private static final ExpectedVersion OF_ANY = new ExpectedVersion(ANY);
    private static final ExpectedVersion OF_NONE = new ExpectedVersion(0);

    private final long version;

    private ExpectedVersion(long version) {
        this.version = version;
    }

    /**
     * {@return exactly this version}
     *
     * @param version the number of the last event that was read; 0 is {@link #none}
     * @throws IllegalArgumentException if it is negative
     */
    public static ExpectedVersion exactly(long version) {
        if (version < 0) {
            throw new IllegalArgumentException("A stream cannot have the version %d".formatted(version));
        }
        return version == 0 ? OF_NONE : new ExpectedVersion(version);
    }

    /** {@return that there is no event yet} */
    public static ExpectedVersion none() {
        return OF_NONE;
    }

    /** {@return whatever the stream has: for events that are true in any case} */
    public static ExpectedVersion any() {
        return OF_ANY;
    }

    /** {@return whether every version will do} */
    public boolean isAny() {
        return version == ANY;
    }

    /**
     * {@return the version, 0 if there must be no event}
     *
     * @throws IllegalStateException if every version will do
     */
    public long version() {
        if (isAny()) {
            throw new IllegalStateException("Every version will do");
        }
        return version;
    }

    /** {@return whether a stream with this version meets it} */
    public boolean isMetBy(long actual) {
        return isAny() || version == actual;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExpectedVersion that && version == that.version;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(version);
    }

    @Override
    public String toString() {
        return isAny() ? "any version" : version == 0 ? "no event" : "version " + version;
    }
}
