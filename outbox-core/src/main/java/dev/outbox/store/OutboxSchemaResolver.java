package dev.outbox.store;

import org.jspecify.annotations.Nullable;

/**
 * Names the schema whose tables the current transaction uses, for a service in which each tenant has a schema of its own and
 * the {@code search_path} does not say which. Capture and inbox ask for each statement, on the thread of the transaction.
 * The relay does not ask: each schema needs a relay of its own.
 */
@FunctionalInterface
public interface OutboxSchemaResolver {

    /**
     * {@return the name of a schema; null for that of {@code outbox.schema.name}, or else for the search_path} It must be the
     * same from the beginning of a transaction to its end. Thread-safe, and quick.
     *
     * @throws RuntimeException if there has to be one and it is not known; the transaction is rolled back
     */
    @Nullable
    String schema();
}
