package dev.outbox.eventstore.internal.projection.store;

import dev.outbox.eventstore.internal.projection.log.LogPosition;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The rows of lanes, for those who fill them. Thread-safe. */
public interface ProjectionLanes {

    /** {@return the lanes of a database} */
    static ProjectionLanes of(DataSource dataSource, OutboxTables tables) {
        return new JdbcProjectionLanes(dataSource, tables).lanes();
    }

    /**
     * {@return the right to fill a lane, if nobody has it, and its generation has not been replaced} A lane that is being filled at
     * this moment is left alone.
     */
    Optional<ProjectionLease> acquire(GenerationRef generation, int lane, String owner, Duration ttl);

    /**
     * Prepares a transaction for handlers: it ends by itself if the process falls silent in it.
     *
     * @param schema where unqualified names are looked up first; null for where the connection looks anyway
     */
    void prepare(Duration silence, @Nullable String schema);

    /** {@return the row, locked until the end of the transaction; empty if its epoch or its owner is another} */
    Optional<LaneRow> lock(ProjectionLease lease);

    /**
     * Saves what the transaction has handled.
     *
     * @return false if the epoch or the owner is another; then the transaction must be rolled back
     */
    boolean save(ProjectionLease lease, Handled handled);

    /** {@return the row of a lane that has stopped, whose lease is prolonged; empty if the epoch or the owner is another} */
    Optional<LaneRow> renew(ProjectionLease lease);

    /** {@return whether it was recorded that a lane has stopped; false if the epoch or the owner is another} */
    boolean fail(ProjectionLease lease, FailedEvent failed);

    /** Gives the lane up, so that another process can take it at once. */
    void release(ProjectionLease lease);

    /** {@return the lanes of a generation, in order} */
    List<ProjectionLaneState> states(GenerationRef generation);

    /** {@return whether the lane has handled everything that a transaction has appended up to a seq} */
    boolean isPast(GenerationRef generation, int lane, long transaction, long seq);

    /**
     * Records a decision, and lets the lanes that have stopped at the event pass over it.
     *
     * @return how many lanes have
     */
    int skip(SkippedEvent decision);

    /**
     * What a transaction has handled.
     *
     * @param position to be saved
     * @param events how many events
     * @param micros how long it took
     * @param passedFailed whether the event is among them that the lane had stopped at
     */
    record Handled(LogPosition position, int events, long micros, boolean passedFailed) {}
}
