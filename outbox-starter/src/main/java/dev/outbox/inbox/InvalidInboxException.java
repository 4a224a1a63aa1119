package dev.outbox.inbox;

import org.jspecify.annotations.Nullable;

/** A handler, a listener or a setting of the inbox with which events could get lost. Stops the start. */
public final class InvalidInboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String mend;

    /**
     * @param problem what is wrong with which method or setting
     * @param mend what to change
     */
    public InvalidInboxException(String problem, String mend) {
        this(problem, mend, null);
    }

    InvalidInboxException(String problem, String mend, @Nullable Throwable cause) {
        super(problem, cause);
        this.mend = mend;
    }

    /** {@return what to change} */
    public String mend() {
        return mend;
    }
}
