package dev.outbox.domain;

import org.jspecify.annotations.Nullable;

/** A declaration of a domain event that could not be published or consumed as it stands. Stops the start. */
public final class InvalidDomainEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String mend;

    /**
     * @param problem names the declaration and what is wrong with it
     * @param mend what to change
     */
    public InvalidDomainEventException(String problem, String mend) {
        this(problem, mend, null);
    }

    /**
     * @param problem names the declaration and what is wrong with it
     * @param mend what to change
     * @param cause the rule that was broken, or null
     */
    public InvalidDomainEventException(String problem, String mend, @Nullable Throwable cause) {
        super(problem, cause);
        this.mend = mend;
    }

    /** {@return what to change} */
    public String mend() {
        return mend;
    }
}
