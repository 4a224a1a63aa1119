package dev.outbox.relay.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ReadAheadTests {

    private static final LaneEpoch LANE = new LaneEpoch(BucketRange.ALL, 1);
    private static final ReadBudget TWO = new ReadBudget(2, 1_000_000);

    private final FakeLog log = new FakeLog();
    private final Queue<Runnable> begun = new ArrayDeque<>();
    private final ReadAhead ahead = new ReadAhead(log, begun::add);

    @Test
    void readsTheNextPageOfABacklogBeforeItIsAskedFor() {
        log.append(5);
        OutboxPage first = read(Position.START);
        readAhead();
        assertThat(log.reads()).isEqualTo(2);

        OutboxPage second = read(first.end());

        assertThat(log.reads()).isEqualTo(2);
        assertThat(seqs(first)).containsExactly(1L, 2L);
        assertThat(seqs(second)).containsExactly(3L, 4L);
    }

    @Test
    void goesThroughAWholeBacklogReadingEachPageOnce() {
        log.append(5);
        OutboxPage page = read(Position.START);
        int events = page.rows().size();
        while (!page.isCaughtUp()) {
            readAhead();
            page = read(page.end());
            events += page.rows().size();
        }
        assertThat(events).isEqualTo(5);
        assertThat(log.reads()).isEqualTo(3);
        assertThat(begun).isEmpty();
    }

    @Test
    void readsAnewWhereNothingWasReadAhead() {
        log.append(6);
        Position begin = read(Position.START).end();
        readAhead();

        OutboxPage again = read(Position.START);

        assertThat(seqs(again)).containsExactly(1L, 2L);
        readAhead();
        assertThat(seqs(read(begin))).containsExactly(3L, 4L);
    }

    @Test
    void readsAnewForOtherBucketsOrAnotherBudget() {
        log.append(6);
        Position begin = read(Position.START).end();
        readAhead();

        assertThat(seqs(ahead.read(LANE, begin, new ReadBudget(1, 1_000_000)))).containsExactly(3L);
        readAhead();
        int reads = log.reads();
        ahead.read(new LaneEpoch(new BucketRange(0, 31), 1), begin, TWO);
        assertThat(log.reads()).isGreaterThan(reads);
    }

    @Test
    void readsAnewUnderAnotherEpoch() {
        log.append(6);
        Position begin = read(Position.START).end();
        readAhead();
        int reads = log.reads();

        ahead.read(new LaneEpoch(BucketRange.ALL, 2), begin, TWO);

        assertThat(log.reads()).isGreaterThan(reads);
    }

    @Test
    void readsNoNewEventsAhead() {
        log.append(2);
        OutboxPage page = read(Position.START);

        assertThat(page.isCaughtUp()).isTrue();
        assertThat(begun).isEmpty();
    }

    @Test
    void readsNothingAheadAtTheEndOfABacklog() {
        Position.Paging lastPage = new Position.Paging(FakeLog.caughtUp(4).done(), 4, 4);
        Position end = new Position(Position.START.done(), lastPage);
        ReadAhead atTheEnd = new ReadAhead((lane, after, budget) -> new OutboxPage(List.of(), end), begun::add);

        atTheEnd.read(LANE, Position.START, TWO);

        assertThat(begun).isEmpty();
    }

    @Test
    void tellsOfAFailureToTheOneWhoAsksAndReadsAnewTheNextTime() {
        log.append(5);
        Position begin = read(Position.START).end();
        RuntimeException failure = new IllegalStateException("no connection");
        log.failWith(failure);
        readAhead();
        log.failWith(null);

        assertThatThrownBy(() -> read(begin)).isSameAs(failure);
        assertThat(seqs(read(begin))).containsExactly(3L, 4L);
    }

    /** What was begun runs, as it would on its thread. */
    private void readAhead() {
        begun.remove().run();
    }

    private OutboxPage read(Position after) {
        return ahead.read(LANE, after, TWO);
    }

    private static List<Long> seqs(OutboxPage page) {
        return page.rows().stream().map(OutboxRow::seq).toList();
    }
}
