package dev.outbox.eventstore.internal.projection.store;

import dev.outbox.eventstore.internal.projection.log.LogPosition;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The rows of lanes, for those who change a generation as a whole, in one transaction. Thread-safe. */
public interface LaneSwap {

    /** {@return the lanes of a database} */
    static LaneSwap of(DataSource dataSource, OutboxTables tables) {
        return new JdbcProjectionLanes(dataSource, tables).swap();
    }

    /**
     * Adds the lanes of a generation.
     *
     * @param schema in which its tables are; null for where services read them
     */
    void add(GenerationRef generation, int lanes, @Nullable String schema, LogPosition start);

    /** Removes the lanes of a generation. */
    void remove(GenerationRef generation);

    /** {@return the rows of a generation, in order, locked until the end of the transaction: no handlers run meanwhile} */
    List<LaneRow> lock(GenerationRef generation);

    /** Saves what the transaction has handled in a lane whose row it has locked. */
    void save(GenerationRef generation, int lane, ProjectionLanes.Handled handled);

    /** Takes the lanes of a generation from their owners. Its tables are where services read them from now on. */
    void serve(GenerationRef generation);

    /** Takes the lanes of a generation from their owners. Nobody fills them from now on. */
    void retire(GenerationRef generation);
}
