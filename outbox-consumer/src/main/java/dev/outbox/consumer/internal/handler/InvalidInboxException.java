package dev.outbox.consumer.internal.handler;

import org.jspecify.annotations.Nullable;

/** A handler, a listener or a setting of the inbox with which events could get lost. The application does not start. */
public final class InvalidInboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    /**
     * @param problem what is wrong with which method or setting
     * @param fix what to change
     */
    public InvalidInboxException(String problem, String fix) {
        this(problem, fix, null);
    }

    public InvalidInboxException(String problem, String fix, @Nullable Throwable cause) {
        super(problem, cause);
        this.fix = fix;
    }

    /** {@return what to change} */
    public String fix() {
        return fix;
    }
}
