package dev.outbox.eventstore.internal.projection.generation;

import dev.outbox.eventstore.internal.projection.store.GenerationRef;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import javax.sql.DataSource;

/** The generations of projections. Thread-safe. */
public interface Generations {

    /** {@return those of a database} */
    static Generations of(DataSource dataSource, OutboxTables tables) {
        return new JdbcGenerations(dataSource, tables);
    }

    /** {@return all generations of a projection, the first one first} */
    List<Generation> of(String projection);

    /** Enters a projection, if it is new, and locks its row until the end of the transaction. */
    void lock(String projection, String home);

    /** {@return whether the row of a projection is locked now, until the end of the transaction: if it exists, and nobody else has} */
    boolean tryLock(String projection);

    /** Adds a generation. */
    void add(GenerationRef generation, int version, int lanes, GenerationState state, long target);

    /** Notes that the tables of all generations that there are may have data of a subject that was forgotten. */
    void outlive(String projection);

    /** Changes what a generation is there for. */
    void set(GenerationRef generation, GenerationState state);
}
