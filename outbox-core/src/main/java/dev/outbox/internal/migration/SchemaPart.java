package dev.outbox.internal.migration;

import dev.outbox.internal.setup.DatabaseProduct;
import java.util.Set;

/**
 * Tables that only the users of a module get, with a history of their own: a relay or a service without the module would not
 * find the migrations in a common one.
 *
 * @param locations folder on the class path with a folder for each database, as in {@link DatabaseProduct#migrations()}
 * @param historyTable in which Flyway records what it has applied
 * @param databases where the module works
 */
public record SchemaPart(String locations, String historyTable, Set<DatabaseProduct> databases) {

    public SchemaPart {
        databases = Set.copyOf(databases);
    }
}
