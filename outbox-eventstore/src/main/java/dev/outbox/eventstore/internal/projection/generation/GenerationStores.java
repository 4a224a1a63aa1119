package dev.outbox.eventstore.internal.projection.generation;

import dev.outbox.schema.OutboxTables;
import javax.sql.DataSource;

/**
 * What the generations of projections are stored in.
 *
 * @param generations our own rows about them
 * @param tables the tables of the service that handlers fill; connections find them by their search_path
 */
public record GenerationStores(Generations generations, ProjectedTables tables) {

    /** {@return those of a database} */
    public static GenerationStores of(DataSource dataSource, OutboxTables tables) {
        return new GenerationStores(Generations.of(dataSource, tables), ProjectedTables.of(dataSource));
    }
}
