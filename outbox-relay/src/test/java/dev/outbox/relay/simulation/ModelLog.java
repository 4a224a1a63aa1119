package dev.outbox.relay.simulation;

import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.LaneLostException;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.Position.Paging;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.log.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The cursor of {@code JdbcOutboxLog}, statement by statement, on the {@link ModelDatabase}. */
final class ModelLog implements OutboxLog {

    private static final Comparator<StoredEvent> BY_SEQ = Comparator.comparingLong(StoredEvent::seq);
    private static final Comparator<StoredEvent> BY_TRANSACTION =
            Comparator.comparingLong(StoredEvent::xid).thenComparing(BY_SEQ);

    private final World world;
    private final ModelDatabase database;
    private final ModelLaneStore lanes;
    private final RelayProcess process;

    ModelLog(World world, ModelDatabase database, ModelLaneStore lanes, RelayProcess process) {
        this.world = world;
        this.database = database;
        this.lanes = lanes;
        this.process = process;
    }

    @Override
    public OutboxPage read(LaneEpoch lane, Position after, ReadBudget budget) {
        OutboxPage page = process.statement("read", () -> readUnder(lane, after, budget))
                .orElseThrow(() -> new LaneLostException(lane));
        if (!world.holds(Rule.POSITION_IS_THE_SNAPSHOT_OF_THE_READ) && page.isCaughtUp()) {
            return new OutboxPage(page.rows(), Position.at(process.statement("snapshot", database::snapshot)));
        }
        return page;
    }

    /** Without an event, a page of a backlog has no row that could tell. */
    private Optional<OutboxPage> readUnder(LaneEpoch lane, Position after, ReadBudget budget) {
        OutboxPage page = readAfter(lane.buckets(), after, budget);
        boolean isTold = page.isCaughtUp() || !page.rows().isEmpty();
        return isTold && !lanes.isUnder(lane) ? Optional.empty() : Optional.of(page);
    }

    private OutboxPage readAfter(BucketRange buckets, Position after, ReadBudget budget) {
        Paging paging = after.paging();
        if (!world.holds(Rule.NEW_IS_TOLD_BY_SNAPSHOT)) {
            return readBySeq(buckets, paging == null ? 0 : paging.seq(), budget);
        }
        if (paging == null) {
            return readNew(buckets, after.done(), budget);
        }
        return paging.seq() == paging.lastSeq()
                ? readNew(buckets, paging.next(), budget)
                : readBacklog(buckets, after.done(), paging, budget);
    }

    private OutboxPage readNew(BucketRange buckets, Snapshot done, ReadBudget budget) {
        Snapshot current = database.snapshot();
        List<StoredEvent> found = find(buckets, event -> isNew(event, done));
        List<StoredEvent> page = cut(found, budget.rows(), budget.bytes());
        boolean isCut = page.size() == budget.rows() || bytes(page) >= budget.bytes();
        if (!isCut) {
            return page(page, Position.at(current));
        }
        if (!world.holds(Rule.PAGED_BY_SEQ)) {
            return pageByTransaction(found, budget, current);
        }
        return page(page, new Position(done, new Paging(current, last(page).seq(), database.lastSeq())));
    }

    private OutboxPage readBacklog(BucketRange buckets, Snapshot done, Paging paging, ReadBudget budget) {
        long through = Math.min(paging.seq() + budget.rows(), paging.lastSeq());
        Snapshot next = world.holds(Rule.PAGED_UNDER_ONE_SNAPSHOT) ? paging.next() : database.snapshot();
        List<StoredEvent> found = find(
                buckets,
                event -> event.seq() > paging.seq()
                        && event.seq() <= through
                        && isNew(event, done)
                        && event.isSeenBy(next));
        List<StoredEvent> page = cut(found, budget.rows(), budget.bytes());
        long reached = bytes(page) >= budget.bytes() ? last(page).seq() : through;
        Position end = new Position(done, new Paging(paging.next(), reached, paging.lastSeq()));
        return page(page, end);
    }

    private boolean isNew(StoredEvent event, Snapshot done) {
        if (!world.holds(Rule.LATE_COMMITS_ARE_LOOKED_UP)) {
            return event.xid() >= done.xmax();
        }
        return !event.isSeenBy(done);
    }

    /** What the rule forbids: {@code seq > last}. */
    private OutboxPage readBySeq(BucketRange buckets, long last, ReadBudget budget) {
        List<StoredEvent> page = cut(find(buckets, event -> event.seq() > last), budget.rows(), budget.bytes());
        long reached = page.isEmpty() ? last : last(page).seq();
        return page(page, new Position(Snapshot.EMPTY, new Paging(database.snapshot(), reached, Long.MAX_VALUE)));
    }

    /** What the rule forbids: whole transactions by their id, until the budget is spent. */
    private OutboxPage pageByTransaction(List<StoredEvent> found, ReadBudget budget, Snapshot current) {
        List<StoredEvent> byTransaction = found.stream().sorted(BY_TRANSACTION).toList();
        long last = byTransaction.get(Math.min(budget.rows(), found.size()) - 1).xid();
        List<StoredEvent> page =
                found.stream().filter(event -> event.xid() <= last).toList();
        List<Long> running =
                current.running().stream().filter(xid -> xid <= last).toList();
        return page(page, Position.at(new Snapshot(running.isEmpty() ? last + 1 : running.get(0), last + 1, running)));
    }

    private List<StoredEvent> find(BucketRange buckets, Predicate<StoredEvent> condition) {
        return database.committed().stream()
                .filter(condition)
                .filter(event -> event.isIn(buckets))
                .sorted(world.holds(Rule.SORTED_BY_SEQ) ? BY_SEQ : BY_TRANSACTION)
                .toList();
    }

    private static List<StoredEvent> cut(List<StoredEvent> found, int rows, long bytes) {
        List<StoredEvent> page = new ArrayList<>();
        for (StoredEvent event : found) {
            if (page.size() == rows || bytes(page) >= bytes) {
                break;
            }
            page.add(event);
        }
        return page;
    }

    private static long bytes(List<StoredEvent> events) {
        return events.stream()
                .mapToLong(event -> event.row().event().payload().size())
                .sum();
    }

    private static StoredEvent last(List<StoredEvent> page) {
        return page.get(page.size() - 1);
    }

    private static OutboxPage page(List<StoredEvent> events, Position end) {
        List<OutboxRow> rows = events.stream().map(StoredEvent::row).toList();
        return new OutboxPage(rows, end);
    }
}
