package dev.outbox.relay.internal.database;

import org.springframework.jdbc.BadSqlGrammarException;

/** The relay finds no outbox tables, or may not read them. */
final class MissingTablesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingTablesException(BadSqlGrammarException cause) {
        super(
                "The relay cannot use the outbox tables: "
                        + cause.getMostSpecificCause().getMessage(),
                cause);
    }
}
