package dev.outbox.relay.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.outbox.relay.TestEvents;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.log.Reads;
import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.relay.internal.tail.FeedEntry.Transaction;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

class TailedLogTests {

    private final LaneFeed feed = new LaneFeed(BucketRange.ALL, Reads.AMPLE, () -> {});
    private Position inTable = Position.START;
    private Position reached = Position.START;
    private boolean isDurable = true;
    private final TailedLog log = new TailedLog(new Table(), feed, () -> {});

    @Test
    void doesNotJoinWhileATransactionOfBeforeIsRunning() {
        open();
        feed.begunBefore(9, Set.of(), feed.beginning());

        inTable = at(5, 12, 5L);
        readOn();
        assertThat(feed.isFollowed()).isFalse();

        inTable = at(9, 12, 9L);
        readOn();
        assertThat(feed.isFollowed()).isTrue();
    }

    @Test
    void joinsBesideATransactionThatIsIdle() {
        open();
        feed.begunBefore(9, Set.of(5L), feed.beginning());

        inTable = at(5, 12, 5L, 7L);
        readOn();
        assertThat(feed.isFollowed()).isFalse();

        feed.begunBefore(15, Set.of(5L, 7L), feed.beginning());
        readOn();
        assertThat(feed.isFollowed()).isTrue();
    }

    @Test
    void doesNotJoinByASnapshotOfAnEarlierBeginning() {
        open();
        long earlier = feed.beginning();
        feed.begin();
        feed.begunBefore(5, Set.of(), earlier);

        inTable = at(9, 9);
        readOn();

        assertThat(feed.isFollowed()).isFalse();
    }

    @Test
    void leavesOutWhatItHasReadFromTheTable() {
        open();
        feed.add(transaction(7));
        feed.add(transaction(11));
        follow(at(9, 11, 9L));

        OutboxPage page = read(inTable);

        assertThat(page.rows()).extracting(OutboxRow::seq).containsExactly(11L);
        assertThat(page.end()).isEqualTo(at(9, 12, 9L));
    }

    @Test
    void anOlderSnapshotDoesNotTakeThePositionBack() {
        open();
        follow(at(9, 9));
        feed.pass(new Snapshot(7, 8, List.of(7L)));
        feed.add(transaction(8));

        OutboxPage page = read(inTable);

        assertThat(page.rows()).isEmpty();
        assertThat(page.end()).isEqualTo(at(9, 9));
    }

    @Test
    void aSnapshotTakesThePlaceOfTheTransactionsThatItSees() {
        open();
        follow(at(9, 9));
        feed.add(transaction(12));
        feed.pass(new Snapshot(10, 12, List.of(10L)));

        OutboxPage page = read(inTable);

        assertThat(page.end().done().xmax()).isEqualTo(13);
        assertThat(page.end().done().running()).containsExactly(10L);
    }

    @Test
    void aStreamThatCameBackIsAnotherOne() {
        open();
        follow(at(9, 9));
        feed.cut();
        feed.open();
        feed.add(transaction(20));
        inTable = at(15, 15);

        OutboxPage page = read(at(9, 9));

        assertThat(page.end()).isEqualTo(inTable);
        assertThat(feed.isFollowed()).isFalse();
    }

    @Test
    void readsTheTableIfThePositionWouldNameTooManyTransactions() {
        open();
        follow(at(9, 9));
        feed.add(transaction(1_000_000));
        inTable = at(1_000_001, 1_000_001);

        OutboxPage page = read(at(9, 9));

        assertThat(page.end()).isEqualTo(inTable);
        assertThat(feed.isFollowed()).isFalse();
    }

    @Test
    void whatIsNotDurableIsReadAgain() {
        open();
        follow(at(9, 9));
        feed.add(transaction(12));
        isDurable = false;
        assertThatIllegalStateException().isThrownBy(() -> read(at(9, 9)));
        isDurable = true;
        inTable = at(13, 13);

        assertThat(read(at(9, 9)).end()).isEqualTo(inTable);
    }

    private void follow(Position position) {
        feed.begunBefore(5, Set.of(), feed.beginning());
        inTable = position;
        readOn();
        assertThat(feed.isFollowed()).isTrue();
    }

    /** The lane begins to collect at its first read. */
    private void open() {
        feed.open();
        readOn();
    }

    private void readOn() {
        reached = read(reached).end();
    }

    private OutboxPage read(Position after) {
        return log.read(Reads.LANE, after, Reads.AMPLE);
    }

    private static Transaction transaction(long xid) {
        return new Transaction(
                xid, LogSequenceNumber.INVALID_LSN, List.of(TestEvents.row(xid, TestEvents.event("topic", "a"))), 2);
    }

    private static Position at(long xmin, long xmax, Long... running) {
        return Position.at(new Snapshot(xmin, xmax, List.of(running)));
    }

    private final class Table implements OutboxLog {

        @Override
        public OutboxPage read(LaneEpoch lane, Position after, ReadBudget budget) {
            return new OutboxPage(List.of(), inTable);
        }

        @Override
        public void awaitDurable(LaneEpoch lane, Position after, String wal) {
            if (!isDurable) {
                throw new IllegalStateException(wal);
            }
        }
    }
}
