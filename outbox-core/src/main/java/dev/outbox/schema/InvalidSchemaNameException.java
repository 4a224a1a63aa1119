package dev.outbox.schema;

/**
 * The given text cannot be used as the name of a schema.
 *
 * @since 0.1.0
 */
public final class InvalidSchemaNameException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidSchemaNameException(String schema) {
        super("\"%s\" is not a valid schema name: use 1 to 63 letters, digits, and _ $ . -".formatted(schema));
    }
}
