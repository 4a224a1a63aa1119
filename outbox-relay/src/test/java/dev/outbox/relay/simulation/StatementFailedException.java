package dev.outbox.relay.simulation;

/** The database did not answer a statement; whether it has run nobody knows. */
final class StatementFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StatementFailedException(String statement) {
        super("Statement '%s' failed".formatted(statement));
    }
}
