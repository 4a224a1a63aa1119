package dev.outbox.relay.internal.queue;

import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.LaneLostException;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.relay.internal.queue.EventQueue.Found;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a table from which published events are deleted. It remembers which events it has handed out and not yet deleted; every
 * other event in the table is new.
 *
 * <ol>
 *   <li>A page has the new events with the lowest numbers. A writer draws {@code seq} while its aggregate is locked, so a
 *       statement that sees an event of an aggregate also sees all earlier ones that were not deleted: they were handed out, or
 *       they are new and have a lower number.
 *   <li>A transaction that commits late has numbers below those that were handed out. So the statement that reads on after the
 *       highest of them also counts and adds up the numbers below, at the same moment. If that is not what is remembered, the
 *       late events are looked up, and come first: nothing that the statement found after them is handed out with them.
 *   <li>The same statement reads the epoch of the lane. If it is another one, nothing is handed out.
 *   <li>When a page and all pages before it are done, their events are deleted in the transaction that renews the lease under
 *       the epoch. So a relay that has lost its lane deletes nothing.
 *   <li>After a failure, the lane reads on from the end of an earlier page. The later pages are forgotten: their events are new
 *       again, and are read again in order. A lane that has just been acquired starts with nothing remembered.
 * </ol>
 *
 * <p>A {@link Position} is not durable here, because the table itself says what is left to do. It counts the pages that this
 * lane has read, in the place of transaction ids. For use by a single thread.
 */
public final class QueuedLog implements OutboxLog {

    private final EventQueue queue;
    private final Deque<Handed> pages = new ArrayDeque<>();

    /** The events of a page that are still in the table. */
    private record Handed(long number, List<Long> seqs) {}

    public QueuedLog(EventQueue queue) {
        this.queue = queue;
    }

    @Override
    public OutboxPage read(LaneEpoch lane, Position after, ReadBudget budget) {
        long number = number(after);
        while (!pages.isEmpty() && pages.getLast().number() > number) {
            pages.removeLast();
        }
        Found found = queue.read(lane, highest(), budget);
        if (found.epoch() != lane.epoch()) {
            throw new LaneLostException(lane);
        }
        List<Long> late = isAsRemembered(found) ? List.of() : late(lane);
        if (!late.isEmpty()) {
            return handedOut(number, queue.rows(late, budget), false);
        }
        if (found.seqs().isEmpty()) {
            return new OutboxPage(List.of(), position(number, true));
        }
        List<OutboxRow> rows = found.rows().isEmpty() ? queue.rows(found.seqs(), budget) : found.rows();
        boolean isCaughtUp = rows.size() == found.seqs().size() && rows.size() < budget.rows();
        return handedOut(number, rows, isCaughtUp);
    }

    @Override
    public int removable(Position done) {
        long number = number(done);
        int count = 0;
        for (Handed page : pages) {
            count += page.number() <= number ? page.seqs().size() : 0;
        }
        return count;
    }

    @Override
    public void remove(Position done) {
        long number = number(done);
        List<Long> seqs = pages.stream()
                .filter(page -> page.number() <= number)
                .flatMap(page -> page.seqs().stream())
                .toList();
        if (!seqs.isEmpty()) {
            queue.remove(seqs);
        }
    }

    @Override
    public void removed(Position done) {
        long number = number(done);
        while (!pages.isEmpty() && pages.getFirst().number() <= number) {
            pages.removeFirst();
        }
    }

    private OutboxPage handedOut(long number, List<OutboxRow> rows, boolean isCaughtUp) {
        pages.addLast(new Handed(number + 1, rows.stream().map(OutboxRow::seq).toList()));
        return new OutboxPage(rows, position(number + 1, isCaughtUp));
    }

    private long highest() {
        return pages.stream()
                .flatMap(page -> page.seqs().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private boolean isAsRemembered(Found found) {
        long count = 0;
        long sum = 0;
        for (Handed page : pages) {
            for (long seq : page.seqs()) {
                count++;
                sum += seq;
            }
        }
        return found.earlier() == count && found.earlierSum() == sum;
    }

    /** Events that are gone without us, such as by a commit whose answer was lost, are no longer remembered. */
    private List<Long> late(LaneEpoch lane) {
        List<Long> there = queue.seqs(lane.buckets(), highest());
        Set<Long> present = new HashSet<>(there);
        Set<Long> remembered = new HashSet<>();
        for (int i = pages.size(); i > 0; i--) {
            Handed page = pages.removeFirst();
            List<Long> left = page.seqs().stream().filter(present::contains).toList();
            remembered.addAll(left);
            pages.addLast(new Handed(page.number(), left));
        }
        return there.stream().filter(seq -> !remembered.contains(seq)).toList();
    }

    private static Position position(long number, boolean isCaughtUp) {
        Snapshot pages = new Snapshot(number + 1, number + 1, List.of());
        return isCaughtUp ? Position.at(pages) : new Position(pages, new Position.Paging(pages, 0, 1));
    }

    private static long number(Position position) {
        return position.done().xmax() - 1;
    }
}
