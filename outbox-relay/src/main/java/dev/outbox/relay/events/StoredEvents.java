package dev.outbox.relay.events;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The events that an outbox still has. On PostgreSQL that includes published ones, until their slot is truncated; where events are
 * deleted once they are published, it does not. Thread-safe. The methods throw
 * {@link org.springframework.dao.DataAccessException} if the database cannot be queried.
 *
 * @since 0.1.0
 */
public interface StoredEvents {

    /** {@return events, the one that was raised last comes first} */
    List<StoredEvent> find(EventSearch search, int limit);

    /** {@return one event} */
    default Optional<StoredEvent> find(UUID id) {
        return find(EventSearch.of(id), 1).stream().findFirst();
    }

    /**
     * {@return the topics of the latest events, from which a relay beside a service learns what the service declares} Where events
     * are deleted once they are published, these are the topics of those that are not.
     */
    Set<String> topics();

    /**
     * {@return what each lane has not published yet}
     *
     * @param limit how many events of a lane are counted
     */
    List<LaneBacklog> backlog(int limit);

    /** {@return the events in the tables {@code outbox_event} and {@code outbox_parked}} */
    static StoredEvents on(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        return product.keepsPublished()
                ? new JdbcStoredEvents(dataSource, tables)
                : new JdbcPortableStoredEvents(product, dataSource, tables);
    }
}
