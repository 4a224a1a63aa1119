package dev.outbox.relay.internal.lease;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Stores leases and positions of the lanes, one row each.
 *
 * <p>It is the only authority on who owns a lane: each method is one statement that checks owner and epoch together with the
 * change, so that a relay that has lost a lane can never move its position. Only the time of the database counts.
 *
 * <p>Implementations are thread-safe; each call is a separate transaction and throws
 * {@link org.springframework.dao.DataAccessException} if the database cannot be reached.
 */
public interface LaneStore {

    /**
     * Acquires a lane that was never acquired, that was released, or whose lease has expired or belongs to the owner itself,
     * and raises its epoch.
     *
     * @throws ForeignPositionException if the position was saved on another server; the lane stays free
     * @throws dev.outbox.relay.internal.log.PositionAheadException if this server cannot have reached the position; the lane stays
     *     free
     * @return the lease with the durable position, or nothing while another lease is live or if there are more or fewer
     *     lanes now
     */
    Optional<Lease> acquire(Lane lane, String owner, Duration ttl);

    /**
     * Extends the lease by its time to live and saves the position. A lease that has expired but was not taken over is
     * renewed anyway.
     *
     * @return false if the lane is lost: nothing has been saved, and nothing can be saved any more. It is also lost if a
     *     standby was promoted since, if the server stopped and started, and if the server cannot have reached the position:
     *     what this relay knows may have happened only on the old server, or on storage that was set back
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
        return new JdbcLanes(dataSource, tables).leases();
    }

    /** {@return the same on any of our databases} */
    static LaneStore on(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        return product == DatabaseProduct.POSTGRESQL
                ? postgres(dataSource, tables)
                : new JdbcPortableLanes(product, dataSource, tables).leases();
    }
}
