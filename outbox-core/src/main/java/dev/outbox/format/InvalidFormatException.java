package dev.outbox.format;

import org.jspecify.annotations.Nullable;

/**
 * Events cannot be written in the configured format. Stops the startup.
 *
 * @since 0.1.0
 */
public final class InvalidFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    /**
     * @param problem names the type and what is wrong with its format
     * @param fix what to change
     */
    public InvalidFormatException(String problem, String fix) {
        this(problem, fix, null);
    }

    /**
     * @param problem names the type and what is wrong with its format
     * @param fix what to change
     * @param cause the rule that was broken, or null
     */
    public InvalidFormatException(String problem, String fix, @Nullable Throwable cause) {
        super(problem, cause);
        this.fix = fix;
    }

    /** {@return what to change} */
    public String fix() {
        return fix;
    }
}
