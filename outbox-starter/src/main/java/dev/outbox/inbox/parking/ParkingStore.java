package dev.outbox.inbox.parking;

import dev.outbox.store.OutboxTables;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The parked records, as consumers read and write them: in the transaction in which they handle others. Thread-safe.
 *
 * <p>A key that is locked stays so until the end of the transaction, for consumers as for those who release it. So none of
 * them takes an event for the next one of its key while another is still parking or handling an earlier one.
 */
public interface ParkingStore {

    /**
     * {@return those of the keys that have parked events; they are locked}
     *
     * <p>Costs one statement if there are none.
     */
    Set<InboxKey> lockParked(String consumer, Collection<InboxKey> keys);

    /** Locks a key, parked or not. */
    void lock(InboxKey key);

    /** Adds records; one that is parked already is left as it is. */
    void park(List<Parking> records);

    /** {@return the event of a key that has to be handled first, also if it was given up} */
    Optional<ParkedInboxEvent> first(InboxKey key);

    /** {@return the event of that number} */
    Optional<ParkedInboxEvent> find(long id);

    /** {@return the parked events of a key, in order} */
    List<ParkedInboxEvent> events(InboxKey key, int limit);

    /** {@return the keys with parked events, the one that was parked first at the head} */
    List<ParkedInboxKey> keys(int limit);

    /** {@return how much of a consumer is parked} */
    ParkedBacklog backlog(String consumer);

    /** {@return the keys whose first event has waited for a missing one for so long} */
    List<InboxKey> gapsOlderThan(Duration age, int limit);

    /**
     * {@return the keys of a consumer whose first event no failure and no person holds back: it waits for a missing one, or
     * waited behind one that is not parked any more}
     *
     * @param after the last one that is known already, or null
     */
    List<InboxKey> waiting(String consumer, @Nullable InboxKey after, int limit);

    /** Removes an event that was handled or passed over. */
    void remove(long id);

    /** Notes why an event could not be released. */
    void refuse(long id, ParkingCause cause, @Nullable String reason);

    /** Notes why an event could not be handled, and how often it was tried. */
    void tried(long id, ParkingCause cause, String reason, int attempts);

    /** {@return whether the payload of an event was replaced} */
    boolean edit(long id, byte[] payload);

    /** Gives an event up that is not the first of its key; it is passed over in its turn. */
    void discard(long id);

    /** Gives all events of a key up. */
    void discard(InboxKey key);

    /** {@return the store in PostgreSQL, table {@code inbox_parked}} */
    static ParkingStore postgres(DataSource dataSource) {
        return postgres(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same, on given tables} */
    static ParkingStore postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcParkingStore(dataSource, tables);
    }
}
