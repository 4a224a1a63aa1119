package dev.outbox.relay.lane;

import dev.outbox.store.OutboxTables;
import javax.sql.DataSource;

/**
 * What an operator may say about positions that are not of this server. Nothing here is done by itself.
 *
 * <p>Each call takes all lanes from their owners, who find that out when they save next; each is a transaction of its own
 * and throws {@link org.springframework.dao.DataAccessException} if the database cannot be asked.
 */
public interface LaneRebase {

    /**
     * Forgets the positions: all that the outbox retains is published again, in order, and what had not been published is
     * among it. To be called after a restore. Events of transactions that this server has not counted yet are counted as
     * of this call, the one case in which rows of events are changed.
     *
     * @return the number of lanes
     */
    int republish();

    /**
     * Takes the positions over to this server. Right after {@code pg_upgrade} alone, which keeps the ids of transactions.
     *
     * @return the number of lanes; none if a position is ahead of this server, which then did not go on counting
     */
    int keep();

    /** {@return the rebase of the lanes in PostgreSQL} */
    static LaneRebase postgres(DataSource dataSource) {
        return postgres(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same, on given tables} */
    static LaneRebase postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcLaneRebase(dataSource, tables);
    }
}
