package dev.outbox.relay.rebase;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxTables;
import javax.sql.DataSource;

/**
 * What an operator may decide about positions that are not of this server. Nothing here happens automatically.
 *
 * <p>Each call takes all lanes from their owners, who find out when they next save. Each call is a separate transaction and
 * throws {@link org.springframework.dao.DataAccessException} if the database cannot be reached.
 *
 * @since 0.1.0
 */
public interface LaneRebase {

    /**
     * Forgets the positions: all events that the outbox retains are published again, in order, including those that had not
     * been published. Stored events, which are retained for ever, are published again from the first one on that had not been
     * published, or that is younger than the other events. To be called after a restore. Events of transactions that this server has not counted yet are counted
     * as part of this call, which is the only case in which rows of events are changed.
     *
     * @return the number of lanes
     */
    int republish();

    /**
     * Takes the positions over to this server. Only for use right after {@code pg_upgrade}, which keeps the ids of
     * transactions.
     *
     * @return the number of lanes; none if a position is ahead of this server, which then did not continue the ids
     */
    int keep();

    /** {@return the rebase of the lanes in PostgreSQL} */
    static LaneRebase postgres(DataSource dataSource) {
        return postgres(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same on any of our databases; where events are deleted once they are published, there is nothing to do} */
    static LaneRebase on(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        return product.keepsPublished() ? postgres(dataSource, tables) : new NoPositions(product);
    }

    /** {@return the same, on given tables} */
    static LaneRebase postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcLaneRebase(dataSource, tables);
    }
}
