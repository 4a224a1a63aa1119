package dev.outbox.internal.domain;

import org.jspecify.annotations.Nullable;

/** A domain event cannot be published or consumed as it is declared. Stops the startup. */
public final class InvalidDomainEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    /**
     * @param problem names the declaration and what is wrong with it
     * @param fix what to change
     */
    public InvalidDomainEventException(String problem, String fix) {
        this(problem, fix, null);
    }

    /**
     * @param problem names the declaration and what is wrong with it
     * @param fix what to change
     * @param cause the rule that was broken, or null
     */
    public InvalidDomainEventException(String problem, String fix, @Nullable Throwable cause) {
        super(problem, cause);
        this.fix = fix;
    }

    /** {@return what to change} */
    public String fix() {
        return fix;
    }
}
