package dev.outbox.relay.parking;

import dev.outbox.event.AggregateRef;
import dev.outbox.store.BucketRange;
import dev.outbox.store.OutboxRow;
import dev.outbox.store.OutboxTables;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The parked events, as the owner of a lane reads and writes them. What it writes takes part in the transaction that
 * saves the lane's position, and so stands or falls with the lease.
 *
 * <p>Implementations are thread-safe and throw {@link org.springframework.dao.DataAccessException} if the database
 * cannot be asked.
 */
public interface ParkingStore {

    /**
     * What is parked in some buckets.
     *
     * @param keys each aggregate with parked events, and the {@code seq} of the first of them
     * @param decided those about which a decision waits to be carried out
     * @param discarded the {@code seq} of all events that were given up
     */
    record Parked(Map<AggregateRef, Long> keys, Set<AggregateRef> decided, Set<Long> discarded) {

        /** Keeps unmodifiable copies. */
        public Parked {
            keys = Map.copyOf(keys);
            decided = Set.copyOf(decided);
            discarded = Set.copyOf(discarded);
        }
    }

    /** {@return what is parked in the buckets} */
    Parked load(BucketRange buckets);

    /** Adds events, each of which is in the outbox and behind those that are parked of its aggregate already. */
    void park(List<Parking> events);

    /** Extends the decision about an aggregate to all that is parked of it by now. */
    void decide(AggregateRef aggregate);

    /** {@return the first events of an aggregate that are parked and not given up, in order} */
    List<OutboxRow> next(AggregateRef aggregate, int limit);

    /** Removes events that have been published. */
    void published(Collection<Long> seqs);

    /** Takes back the decision about an aggregate, for one of its events was refused again. */
    void refused(AggregateRef aggregate, long seq, String reason);

    /** Notes that the decision about an aggregate has been carried out. */
    void done(AggregateRef aggregate);

    /** {@return the store in PostgreSQL, table {@code outbox_parked}} */
    static ParkingStore postgres(DataSource dataSource) {
        return postgres(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same, on given tables} */
    static ParkingStore postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcParkingStore(dataSource, tables);
    }
}
