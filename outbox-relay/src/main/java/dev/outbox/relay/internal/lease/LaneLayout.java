package dev.outbox.relay.internal.lease;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.relay.lane.LaneBoard;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The lanes as a whole: how many there are, and which relays share them. The {@link LaneStore} decides who owns a single
 * lane.
 *
 * <p>Implementations are thread-safe; each call is a separate transaction and throws
 * {@link org.springframework.dao.DataAccessException} if the database cannot be reached.
 */
public interface LaneLayout {

    /**
     * Joins the running relays, or stays one of them for another time to live, and reads the lanes. The relay that joined
     * last decides how many lanes there should be: in a rolling change of that number, the new one applies.
     *
     * @param relay the name under which this relay acquires lanes
     * @param lanes how many lanes it asks for
     * @param ttl how long it counts as running without another call
     */
    LaneOverview join(String relay, int lanes, Duration ttl);

    /** Leaves the running relays. It keeps the lanes that it still owns until they are released. */
    void leave(String relay);

    /**
     * Divides the buckets again, in one transaction, if no lane is owned.
     *
     * <ol>
     *   <li>The table is locked, so that no lane is acquired in the meantime, and each lease is checked to be released or
     *       expired.
     *   <li>Each new lane starts at the position that is ahead of none of the old lanes with which it shares a bucket. It
     *       repeats some of what they had done, and leaves nothing out.
     *   <li>All new lanes get an epoch above those of the old ones. A relay that still believes that it owns an old lane,
     *       because it was paused beyond its lease, comes with an epoch that no lane has now, and saves nothing.
     * </ol>
     *
     * @param from how many lanes the caller saw
     * @param to how many there should be
     * @return false if nothing was done, because a lane is owned or the number is not {@code from} any more
     */
    boolean change(int from, int to);

    /** {@return the layout in PostgreSQL, tables {@code outbox_lane} and {@code outbox_relay}} */
    static LaneLayout postgres(DataSource dataSource) {
        return postgres(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same, on given tables} */
    static LaneLayout postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcLanes(dataSource, tables).layout();
    }

    /** {@return the same on any of our databases} */
    static LaneLayout on(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        return product == DatabaseProduct.POSTGRESQL
                ? postgres(dataSource, tables)
                : new JdbcPortableLanes(product, dataSource, tables).layout();
    }

    /** {@return what people see of the same tables} */
    static LaneBoard board(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        return product == DatabaseProduct.POSTGRESQL
                ? new JdbcLanes(dataSource, tables).board()
                : new JdbcPortableLanes(product, dataSource, tables).board();
    }
}
