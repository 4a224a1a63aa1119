package dev.outbox.relay.lane;

import dev.outbox.store.OutboxTables;
import dev.outbox.store.Position;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Keeps leases and positions of the lanes, one row each.
 *
 * <p>It is the only authority on who owns a lane: each verb is one statement that checks owner and epoch together with
 * the change, so that a relay that has lost a lane can never move its position. Time is that of the database alone.
 *
 * <p>Implementations are thread-safe; each call is a transaction of its own and throws
 * {@link org.springframework.dao.DataAccessException} if the database cannot be asked.
 */
public interface LaneStore {

    /**
     * Takes a lane that nobody has taken yet, that was released, or whose lease has expired or is the owner's own, and
     * raises its epoch.
     *
     * @throws ForeignPositionException if the position was saved on another server; the lane stays free
     * @throws dev.outbox.store.PositionAheadException if this server cannot have reached the position; the lane stays free
     * @return the lease with the durable position, or nothing while another lease lives or if there are more or fewer
     *     lanes now
     */
    Optional<Lease> acquire(Lane lane, String owner, Duration ttl);

    /**
     * Prolongs the lease by its time to live and saves the position. A lease that has expired but was not taken over is
     * renewed all the same.
     *
     * @return false if the lane is lost: nothing has been saved, and nothing can be any more. It is lost as well when a
     *     standby was promoted since, or the server stopped and started, and when the server cannot have reached the
     *     position: what this relay knows may have happened on the old server alone, or on storage that was set back
     */
    boolean renew(Lease lease, Position position);

    /**
     * Renews as {@link #renew(Lease, Position)} does and, if the lane is not lost, makes further changes in the same
     * transaction: both are done, or neither.
     */
    boolean renew(Lease lease, Position position, Runnable changes);

    /**
     * Saves the position and frees the lane, so that the next relay need not wait for the lease to expire.
     *
     * @return false if the lane was lost before
     */
    boolean release(Lease lease, Position position);

    /** {@return the store in PostgreSQL, table {@code outbox_lane}} */
    static LaneStore postgres(DataSource dataSource) {
        return postgres(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same, on given tables} */
    static LaneStore postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcLaneStore(dataSource, tables);
    }
}
