package dev.outbox.relay.internal.log;

import dev.outbox.relay.internal.durability.Durability;
import dev.outbox.schema.OutboxTables;
import javax.sql.DataSource;

/**
 * Reads the outbox as a log: from a position on, each event once, and never a later event of an aggregate before an earlier
 * one.
 */
public interface OutboxLog {

    /**
     * Reads what has been committed after a position.
     *
     * <p>Reading on from {@link OutboxPage#end()} again and again returns every committed event exactly once. The events of
     * an aggregate come in the order of their commits, within a page and from page to page.
     *
     * @param lane the buckets to read, and the epoch in which their lane was acquired
     * @param after where to continue
     * @param budget limits of the page
     * @return the events, none if nothing was committed. The end of a page without events may be {@code after}, until what
     *     it would cover is durable
     * @throws LaneLostException if the lane is under another epoch, or the server was stopped since it was acquired. This is
     *     not checked if a page of a backlog has no events: nothing is sent then, and no position is saved under an old
     *     epoch
     * @throws PositionAheadException if the position is not of this database
     * @throws ServerPromotedException if a standby was promoted since the lane was acquired
     * @throws dev.outbox.relay.internal.durability.NotDurableException if what was read did not become durable in time
     * @throws org.springframework.dao.DataAccessException if the database cannot be read
     */
    OutboxPage read(LaneEpoch lane, Position after, ReadBudget budget);

    /**
     * Waits until what another way than {@link #read} has brought, and the disk of the server has, is as durable as required.
     *
     * @param lane as for a read
     * @param after as for a read
     * @param wal where it ends in the WAL
     * @throws LaneLostException as by a read
     * @throws ServerPromotedException as by a read
     * @throws dev.outbox.relay.internal.durability.NotDurableException if it takes too long
     */
    default void awaitDurable(LaneEpoch lane, Position after, String wal) {}

    /**
     * Removes what is done at a position, if the log does not keep what is published. To be called in the transaction that
     * saves the position, so that only the owner of the lane can remove an event.
     */
    default void remove(Position done) {}

    /** That transaction has been committed. */
    default void removed(Position done) {}

    /** {@return how many events at this position are still to be removed} */
    default int removable(Position done) {
        return 0;
    }

    /**
     * {@return about how many events follow a position up to which has been read} It asks nobody: while a backlog is paged,
     * it counts the numbers that are left of it, of which some were never used. What has been committed since the backlog was
     * found is not known.
     */
    default long unread(BucketRange buckets, Position end) {
        Position.Paging paging = end.paging();
        return paging == null ? 0 : buckets.shareOf(paging.lastSeq() - paging.seq());
    }

    /** {@return whether the log itself calls for a read when there is something new, so that no other hint is of use} */
    default boolean callsForReads() {
        return false;
    }

    /** Frees what the log holds for a lane that is not relayed any more. */
    default void close() {}

    /** {@return a thread-safe reader for PostgreSQL 13 or later, which returns what is on the disk of the server} */
    static OutboxLog postgres(DataSource dataSource) {
        return postgres(dataSource, Durability.LOCAL);
    }

    /** {@return a thread-safe reader for PostgreSQL 13 or later, which returns what is as durable as required} */
    static OutboxLog postgres(DataSource dataSource, Durability durability) {
        return postgres(dataSource, OutboxTables.ON_SEARCH_PATH, durability);
    }

    /** {@return the same, on given tables} */
    static OutboxLog postgres(DataSource dataSource, OutboxTables tables, Durability durability) {
        return new JdbcOutboxLog(dataSource, tables, durability);
    }
}
