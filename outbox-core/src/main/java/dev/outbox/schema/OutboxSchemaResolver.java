package dev.outbox.schema;

import org.jspecify.annotations.Nullable;

/**
 * Names the schema whose tables the current transaction uses, for a service in which each tenant has its own schema and the
 * {@code search_path} does not select it. Capture and inbox call it for each statement, on the thread of the transaction. The
 * relay does not call it: each schema needs its own relay.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OutboxSchemaResolver {

    /**
     * {@return the name of a schema; null for {@code outbox.schema.name} or, if that is not set, the search_path} The name must
     * stay the same from the beginning of a transaction to its end. Must be thread-safe and fast.
     *
     * @throws RuntimeException if a schema is required but not known; the transaction is rolled back
     */
    @Nullable
    String schema();
}
