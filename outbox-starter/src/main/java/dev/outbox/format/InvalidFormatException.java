package dev.outbox.format;

import org.jspecify.annotations.Nullable;

/** A format that events could not be written in as it stands. Stops the start. */
public final class InvalidFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String mend;

    /**
     * @param problem names the type and what is wrong with its format
     * @param mend what to change
     */
    public InvalidFormatException(String problem, String mend) {
        this(problem, mend, null);
    }

    /**
     * @param problem names the type and what is wrong with its format
     * @param mend what to change
     * @param cause the rule that was broken, or null
     */
    public InvalidFormatException(String problem, String mend, @Nullable Throwable cause) {
        super(problem, cause);
        this.mend = mend;
    }

    /** {@return what to change} */
    public String mend() {
        return mend;
    }
}
