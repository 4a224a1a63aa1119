package dev.outbox.consumer.internal.parking;

import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.InboxSelection;
import dev.outbox.consumer.parking.ParkedInboxCause;
import dev.outbox.consumer.parking.ParkedInboxEvent;
import dev.outbox.consumer.parking.ParkedInboxKey;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The parked records. Consumers read and write them in the transaction in which they handle other records. Thread-safe.
 *
 * <p>A locked key stays locked until the end of the transaction, for consumers and for releases. So nobody takes an
 * event for the next one of its key while another is still parking or handling an earlier one.
 */
public interface InboxParkingStore {

    /**
     * {@return those of the given keys that have parked events; they are locked}
     *
     * <p>Costs one statement if there are none.
     */
    Set<InboxKey> lockParked(String consumer, Collection<InboxKey> keys);

    /** Locks a key, whether or not it has parked events. */
    void lock(InboxKey key);

    /** Adds records; a record that is already parked is left as it is. */
    void park(List<InboxParking> records);

    /** {@return the event of a key that has to be handled first, even if it was discarded} */
    Optional<ParkedInboxEvent> first(InboxKey key);

    /** {@return the event with that number} */
    Optional<ParkedInboxEvent> find(long id);

    /** {@return the parked events of a key, in order} */
    List<ParkedInboxEvent> events(InboxKey key, int limit);

    /** {@return why keys are parked, what has lasted longest comes first} */
    List<ParkedInboxCause> causes(int limit);

    /** {@return the keys with parked events, the key that was parked first comes first} */
    default List<ParkedInboxKey> keys(int limit) {
        return keys(InboxSelection.all(), limit);
    }

    /** {@return some of the keys with parked events, the key that was parked first comes first} */
    List<ParkedInboxKey> keys(InboxSelection selection, int limit);

    /** {@return how many events of a key are parked and not discarded} */
    long count(InboxKey key);

    /** {@return how much of a consumer is parked} */
    ParkedBacklog backlog(String consumer);

    /** {@return the keys whose first event has waited this long for a missing one} */
    List<InboxKey> gapsOlderThan(Duration age, int limit);

    /**
     * {@return the keys of a consumer whose first event is held back by no failure and no person: it waits for a missing event,
     * or waited behind one that is no longer parked}
     *
     * @param after the last key that is already known, or null
     */
    List<InboxKey> waiting(String consumer, @Nullable InboxKey after, int limit);

    /** Removes an event that was handled or passed over. */
    void remove(long id);

    /** Stores why an event could not be released. */
    void refuse(long id, ParkingCause cause, @Nullable String reason);

    /** Stores why an event could not be handled, and how often it was tried. */
    void tried(long id, ParkingCause cause, String reason, int attempts);

    /** {@return whether the payload of an event was replaced} */
    boolean edit(long id, byte[] payload);

    /** Gives up an event that is not the first of its key; it is passed over when its turn comes. */
    void discard(long id);

    /** Gives up all events of a key. */
    void discard(InboxKey key);

    /** {@return the store in table {@code inbox_parked} of the database behind a DataSource} */
    static InboxParkingStore on(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        return product == DatabaseProduct.POSTGRESQL
                ? new JdbcInboxParkingStore(dataSource, tables)
                : new JdbcPortableInboxParkingStore(product, dataSource, tables);
    }
}
