package dev.outbox.relay.lane;

import dev.outbox.store.OutboxTables;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The lanes as a whole: how many there are, and which relays are there to share them. Who owns a single lane is up to
 * the {@link LaneStore}.
 *
 * <p>Implementations are thread-safe; each call is a transaction of its own and throws
 * {@link org.springframework.dao.DataAccessException} if the database cannot be asked.
 */
public interface LaneLayout {

    /**
     * Joins the running relays, or stays one of them for another time to live, and looks around. How many lanes there
     * should be is what the relay that joined last asks for: in a rolling change of that number, the new one holds.
     *
     * @param relay the name under which this relay acquires lanes
     * @param lanes how many lanes it asks for
     * @param ttl how long it counts as running without another call
     */
    LaneOverview join(String relay, int lanes, Duration ttl);

    /** Leaves the running relays. Lanes that it still owns stay its own until they are released. */
    void leave(String relay);

    /**
     * Divides the buckets anew, in one transaction, if no lane is owned.
     *
     * <ol>
     *   <li>The table is locked, so that no lane is acquired meanwhile, and it is made sure that each lease has been
     *       released or has expired.
     *   <li>Each new lane begins at the position that is ahead of none of the old lanes with which it shares a bucket.
     *       It repeats what some of them had done, and leaves nothing out.
     *   <li>All new lanes get an epoch above those of the old ones. Whoever still believes to own one of these, paused
     *       beyond its lease, comes with an epoch that no lane has any more, and saves nothing.
     * </ol>
     *
     * @param from how many lanes the caller saw
     * @param to how many there are to be
     * @return false if nothing was done, for a lane is owned or the number is not {@code from} any more
     */
    boolean change(int from, int to);

    /** {@return the layout in PostgreSQL, tables {@code outbox_lane} and {@code outbox_relay}} */
    static LaneLayout postgres(DataSource dataSource) {
        return postgres(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same, on given tables} */
    static LaneLayout postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcLaneLayout(dataSource, tables);
    }
}
