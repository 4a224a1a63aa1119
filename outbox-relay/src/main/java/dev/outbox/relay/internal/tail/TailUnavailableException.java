package dev.outbox.relay.internal.tail;

/** The relay cannot tail, and does not start. */
final class TailUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    TailUnavailableException(String problem, String fix) {
        super(problem);
        this.fix = fix;
    }

    String fix() {
        return fix;
    }
}
