package dev.outbox.setup;

import org.jspecify.annotations.Nullable;

/** The application is set up in a way in which the outbox could not keep its promises. Stops the start. */
public final class OutboxSetupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    /**
     * @param problem names the thing and what is wrong with it
     * @param fix what to change
     */
    public OutboxSetupException(String problem, String fix) {
        this(problem, fix, null);
    }

    /**
     * @param problem names the thing and what is wrong with it, the root cause included
     * @param fix what to change
     * @param cause what it was seen by, or null
     */
    public OutboxSetupException(String problem, String fix, @Nullable Throwable cause) {
        super(problem, cause);
        this.fix = fix;
    }

    /** {@return what to change} */
    public String fix() {
        return fix;
    }
}
