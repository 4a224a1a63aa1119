package dev.outbox.relay.simulation;

import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.queue.EventQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The table from which published events are deleted, as one process reaches it, statement by statement. */
final class ModelQueue implements EventQueue {

    /** By so many statements comes the read after the count where these are two, so that few runs are enough to notice. */
    private static final int LATER = 5;

    private final World world;
    private final ModelDatabase database;
    private final ModelLaneStore lanes;
    private final Promises promises;
    private final RelayProcess process;

    ModelQueue(World world, ModelDatabase database, ModelLaneStore lanes, Promises promises, RelayProcess process) {
        this.world = world;
        this.database = database;
        this.lanes = lanes;
        this.promises = promises;
        this.process = process;
    }

    @Override
    public Found read(LaneEpoch lane, long after, ReadBudget budget) {
        if (world.holds(Rule.COUNTED_AND_READ_AT_ONCE)) {
            return process.statement("read", () -> found(lane, after, budget, earlier(lane, after)));
        }
        List<Long> earlier = process.statement("count", () -> earlier(lane, after));
        for (int i = 0; i < LATER; i++) {
            process.statement("wait", () -> earlier);
        }
        return process.statement("read", () -> found(lane, after, budget, earlier));
    }

    private List<Long> earlier(LaneEpoch lane, long after) {
        return seqs(in(lane.buckets()).filter(event -> event.seq() <= after));
    }

    private Found found(LaneEpoch lane, long after, ReadBudget budget, List<Long> earlier) {
        List<StoredEvent> found = in(lane.buckets())
                .filter(event -> event.seq() > after)
                .limit(budget.rows())
                .toList();
        List<OutboxRow> rows = new ArrayList<>();
        for (StoredEvent event : found) {
            if (event.row().event().payload().size() > budget.bytes() / budget.rows()) {
                break;
            }
            rows.add(event.row());
        }
        return new Found(
                lanes.isUnder(lane) ? lane.epoch() : 0,
                earlier.size(),
                earlier.stream().mapToLong(Long::longValue).sum(),
                seqs(found.stream()),
                rows);
    }

    @Override
    public List<Long> seqs(BucketRange buckets, long upTo) {
        return process.statement("look up", () -> seqs(in(buckets).filter(event -> event.seq() <= upTo)));
    }

    @Override
    public List<OutboxRow> rows(List<Long> seqs, ReadBudget budget) {
        return process.statement("read rows", () -> {
            List<OutboxRow> rows = new ArrayList<>();
            for (StoredEvent event : in(BucketRange.ALL).toList()) {
                if (seqs.contains(event.seq()) && rows.size() < budget.rows() && !budget.isSpentBy(rows)) {
                    rows.add(event.row());
                }
            }
            return rows;
        });
    }

    /** Part of the statement that saves. */
    @Override
    public void remove(Collection<Long> seqs) {
        List<Long> removed = List.copyOf(seqs);
        process.tell(() -> {
            in(BucketRange.ALL).filter(event -> removed.contains(event.seq())).forEach(promises::removed);
            database.remove(removed);
        });
    }

    private Stream<StoredEvent> in(BucketRange buckets) {
        return database.present().stream()
                .filter(event -> event.isIn(buckets))
                .sorted(Comparator.comparingLong(StoredEvent::seq));
    }

    private static List<Long> seqs(Stream<StoredEvent> events) {
        return events.map(StoredEvent::seq).toList();
    }
}
