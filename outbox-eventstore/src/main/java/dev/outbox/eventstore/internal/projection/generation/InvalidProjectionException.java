package dev.outbox.eventstore.internal.projection.generation;

/** A projection that could not be filled, or not be rebuilt. At start, the application does not start. */
public final class InvalidProjectionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    /**
     * @param problem what is wrong with which projection
     * @param fix what to change
     */
    public InvalidProjectionException(String problem, String fix) {
        super(problem);
        this.fix = fix;
    }

    /** {@return what to change} */
    public String fix() {
        return fix;
    }
}
