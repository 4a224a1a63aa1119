package dev.outbox.relay.internal.lease;

import dev.outbox.relay.internal.log.LanePosition;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.PublishedEvents;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import javax.sql.DataSource;

/**
 * The positions of all lanes together. Implementations are thread-safe, take part in the transaction of the caller if there is
 * one, and throw {@link org.springframework.dao.DataAccessException} if the database cannot be reached.
 */
public interface LanePositions {

    /** {@return how far all lanes have come} */
    PublishedEvents published();

    /** {@return how far each lane has come, by number} */
    List<LanePosition> ofLanes();

    /**
     * Forgets the positions and takes the lanes from their owners.
     *
     * @return the number of lanes
     */
    int forget();

    /**
     * Sets the position of all lanes and takes the lanes from their owners.
     *
     * @return the number of lanes
     */
    int set(Position position);

    /**
     * Takes the positions over to this server, and the lanes from their owners.
     *
     * @return the number of lanes; none if a position is ahead of this server
     */
    int keep();

    /** {@return the positions in PostgreSQL, table {@code outbox_lane}} */
    static LanePositions postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcLanes(dataSource, tables).positions();
    }
}
