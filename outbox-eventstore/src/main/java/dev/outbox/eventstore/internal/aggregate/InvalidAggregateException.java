package dev.outbox.eventstore.internal.aggregate;

/** An aggregate cannot be event-sourced as it is declared. Stops the startup. */
public final class InvalidAggregateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    /**
     * @param problem names the declaration and what is wrong with it
     * @param fix what to change
     */
    public InvalidAggregateException(String problem, String fix) {
        super(problem);
        this.fix = fix;
    }

    /** {@return what to change} */
    public String fix() {
        return fix;
    }
}
