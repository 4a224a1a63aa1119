package dev.outbox.relay.internal.queue;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.schema.OutboxTables;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/** The events in the outbox, where they are deleted once they are published. Thread-safe; it remembers nothing. */
public interface EventQueue {

    /**
     * What one statement sees, and so at one moment.
     *
     * @param epoch the epoch of the lane, or 0 if there is no such lane any more
     * @param earlier how many events of the lane there are up to the number after which was read
     * @param earlierSum the sum of their numbers
     * @param seqs the numbers of the events after it, in order, as many as the budget has rows
     * @param rows the first of these events, up to one that is larger than its share of the budget
     */
    record Found(long epoch, long earlier, long earlierSum, List<Long> seqs, List<OutboxRow> rows) {}

    /** Reads the events of a lane after a number. */
    Found read(LaneEpoch lane, long after, ReadBudget budget);

    /** {@return the numbers of all events in these buckets up to a number, in order} */
    List<Long> seqs(BucketRange buckets, long upTo);

    /** {@return the first of these events, in order, as many as the budget allows, and at least one} */
    List<OutboxRow> rows(List<Long> seqs, ReadBudget budget);

    /** Deletes events, and touches no others. Part of the transaction of the caller. */
    void remove(Collection<Long> seqs);

    /** {@return the queue in MariaDB, MySQL or H2, table {@code outbox_event}} */
    static EventQueue on(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        return new JdbcPortableEventQueue(product, dataSource, tables);
    }
}
