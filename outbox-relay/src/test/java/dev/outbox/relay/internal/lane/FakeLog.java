package dev.outbox.relay.internal.lane;

import dev.outbox.relay.TestEvents;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.LaneLostException;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.log.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log in memory; event number n has seq n, and a position after it knows n. */
public final class FakeLog implements OutboxLog {

    private final List<OutboxRow> rows = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private long epoch;
    private int reads;

    public void append(int events) {
        for (int i = 0; i < events; i++) {
            rows.add(TestEvents.row(rows.size() + 1L, TestEvents.event("orders", "A")));
        }
    }

    /** Appends an event for each aggregate named. */
    public void append(String... aggregateIds) {
        for (String id : aggregateIds) {
            rows.add(TestEvents.row(rows.size() + 1L, TestEvents.event("orders", id)));
        }
    }

    /** Appends an event of each topic named, of one aggregate. */
    public void appendTo(String aggregateId, String... topics) {
        for (String topic : topics) {
            rows.add(TestEvents.row(rows.size() + 1L, TestEvents.event(topic, aggregateId)));
        }
    }

    public OutboxRow row(long seq) {
        return rows.get((int) seq - 1);
    }

    void failWith(@Nullable RuntimeException cause) {
        failure = cause;
    }

    /** From now on the lane is read under this epoch, or a later one. */
    void acquiredUnder(long epoch) {
        this.epoch = epoch;
    }

    int reads() {
        return reads;
    }

    @Override
    public OutboxPage read(LaneEpoch lane, Position after, ReadBudget budget) {
        reads++;
        if (failure != null) {
            throw failure;
        }
        if (lane.epoch() < epoch) {
            throw new LaneLostException(lane);
        }
        int from = (int) done(after);
        int to = Math.min(from + budget.rows(), rows.size());
        Position end = to == rows.size()
                ? caughtUp(to)
                : new Position(after.done(), new Position.Paging(snapshot(rows.size()), to, rows.size()));
        return new OutboxPage(rows.subList(from, to), end);
    }

    /** The position at which the first events are done and no more were there. */
    static Position caughtUp(long events) {
        return Position.at(snapshot(events));
    }

    /** How many events are done at a position. */
    public static long done(Position position) {
        Position.Paging paging = position.paging();
        return paging == null ? position.done().xmax() - 1 : paging.seq();
    }

    private static Snapshot snapshot(long events) {
        return new Snapshot(1, events + 1, List.of());
    }
}
