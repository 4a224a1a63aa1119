package dev.outbox.internal.setup;

import org.jspecify.annotations.Nullable;

/** The setup of the application would break the guarantees of the outbox. Stops the startup. */
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
     * @param cause the exception that revealed the problem, or null
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
