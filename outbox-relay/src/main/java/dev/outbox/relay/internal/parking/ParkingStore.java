package dev.outbox.relay.internal.parking;

import dev.outbox.event.AggregateRef;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.schema.OutboxTables;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The parked events, as the owner of a lane reads and writes them. Its writes are part of the transaction that saves the
 * lane's position, so they are committed only if the lease is still valid.
 *
 * <p>Implementations are thread-safe and throw {@link org.springframework.dao.DataAccessException} if the database cannot be
 * reached.
 */
public interface ParkingStore {

    /**
     * What is parked in some buckets.
     *
     * @param keys each aggregate with parked events, and the {@code seq} of the first of them
     * @param decided those with a decision that has not been carried out yet
     * @param discarded the {@code seq} of all discarded events
     * @param topics each topic that events wait for, and why
     * @param waiting how much that is
     */
    record Parked(
            Map<AggregateRef, Long> keys,
            Set<AggregateRef> decided,
            Set<Long> discarded,
            Map<String, String> topics,
            Waiting waiting) {

        /** Keeps unmodifiable copies. */
        public Parked {
            keys = Map.copyOf(keys);
            decided = Set.copyOf(decided);
            discarded = Set.copyOf(discarded);
            topics = Map.copyOf(topics);
        }
    }

    /** {@return what is parked in the buckets} */
    Parked load(BucketRange buckets);

    /**
     * Adds events. Each of them is in the outbox and comes after those of its aggregate that are already parked, or is held
     * for its topic.
     */
    void park(List<Parking> events);

    /** Extends the decisions about aggregates to all of their events that are parked by now. */
    void decide(Collection<AggregateRef> aggregates);

    /**
     * {@return the first events, in order, that are to be released by a decision and are not discarded} None of an aggregate
     * whose release is to stop: it is not known here what of it has come behind.
     */
    List<OutboxRow> released(BucketRange buckets, int limit);

    /** {@return the first events, in order, that wait for a topic} */
    List<OutboxRow> held(BucketRange buckets, String topic, int limit);

    /** Removes events that have been published. */
    void published(Collection<Long> seqs);

    /** Makes parked events wait for their topics instead. */
    void hold(List<Parking> events);

    /** Takes back the decision about an aggregate, because one of its events was refused; it is parked from that event on. */
    void refused(Refused event);

    /** Records that the decisions about aggregates have been carried out. */
    void done(Collection<AggregateRef> aggregates);

    /** Takes back the releases that a person has stopped: what they have not published is parked again. */
    void takeBack(BucketRange buckets);

    /** {@return the store in PostgreSQL, table {@code outbox_parked}} */
    static ParkingStore postgres(DataSource dataSource) {
        return postgres(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same, on given tables} */
    static ParkingStore postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcParkedRows(dataSource, tables).ofLanes();
    }

    /** {@return what people see of the same table and decide about it} */
    static ParkedEvents decisions(DataSource dataSource) {
        return decisions(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same, on given tables} */
    static ParkedEvents decisions(DataSource dataSource, OutboxTables tables) {
        return new JdbcParkedRows(dataSource, tables).ofPeople();
    }

    /** {@return the same on any of our databases} */
    static ParkingStore on(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        return product == DatabaseProduct.POSTGRESQL
                ? postgres(dataSource, tables)
                : new JdbcPortableParkedRows(product, dataSource, tables).ofLanes();
    }

    /** {@return the same on any of our databases} */
    static ParkedEvents decisions(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        return product == DatabaseProduct.POSTGRESQL
                ? decisions(dataSource, tables)
                : new JdbcPortableParkedRows(product, dataSource, tables).ofPeople();
    }
}
