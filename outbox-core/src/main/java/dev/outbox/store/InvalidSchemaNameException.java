package dev.outbox.store;

/** What is given as the name of a schema cannot be used as one. */
public final class InvalidSchemaNameException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidSchemaNameException(String schema) {
        super("\"%s\" is no name of a schema: it may have 1 to 63 letters, digits, and _ $ . -".formatted(schema));
    }
}
