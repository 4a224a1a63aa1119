package dev.outbox.eventstore.internal.projection.lane;

import dev.outbox.eventstore.internal.projection.log.Buckets;
import dev.outbox.eventstore.internal.projection.log.LogPage;
import dev.outbox.eventstore.internal.projection.log.StoredLog;
import dev.outbox.eventstore.internal.projection.store.LaneRow;
import dev.outbox.eventstore.internal.projection.store.ProjectionLanes;
import dev.outbox.eventstore.internal.projection.store.ProjectionLanes.Handled;
import dev.outbox.eventstore.internal.projection.store.ProjectionLease;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fills a lane with its next events, in one transaction.
 *
 * <ol>
 *   <li>The row of the lane is locked, if its epoch is still ours. Nobody else fills the lane until the transaction ends, and
 *       nobody swaps its tables.
 *   <li>The next events after its position are read. The position is always that of the row: what a process remembers is worth
 *       nothing after a crash of the server or a change of the owner.
 *   <li>The handlers are called, event by event in order. For a generation that is being built, names without a schema lead them
 *       to its own tables.
 *   <li>The position is saved, under the epoch, and the transaction commits. So what the handlers have done and how far the lane
 *       has come are on the disk together, or not at all.
 * </ol>
 *
 * <p>Thread-safe.
 */
public final class LanePass {

    private final TransactionTemplate transactions;
    private final StoredLog log;
    private final ProjectionLanes lanes;
    private final long bytes;
    private final LongSupplier nanos;

    /**
     * @param transactions of the service, so that handlers work as they are used to
     * @param bytes payload bytes of a page, about
     * @param nanos a clock that only goes forward
     */
    public LanePass(
            TransactionTemplate transactions, StoredLog log, ProjectionLanes lanes, long bytes, LongSupplier nanos) {
        this.transactions = transactions;
        this.log = log;
        this.lanes = lanes;
        this.bytes = bytes;
        this.nanos = nanos;
    }

    /**
     * {@return what was done}
     *
     * @param rows how many events at most
     * @throws ProjectionLaneLostException if another process has taken the lane over
     * @throws EventFailedException if an event cannot be handled; nothing of the transaction remains
     */
    public PassOutcome run(ProjectionLease lease, Buckets buckets, EventSink sink, int rows) {
        AtomicReference<@Nullable LogPage> handled = new AtomicReference<>();
        try {
            return Objects.requireNonNull(transactions.execute(status -> {
                lanes.prepare(lease.ttl(), lease.schema());
                return handle(status, lease, buckets, sink, rows, handled);
            }));
        } catch (ProjectionLaneLostException | EventFailedException known) {
            throw known;
        } catch (RuntimeException failed) {
            // A constraint may be checked at the commit, and JPA may write as late as that.
            LogPage page = handled.get();
            if (page != null && page.events().size() == 1) {
                throw new EventFailedException(page.events().get(0), failed);
            }
            throw failed;
        }
    }

    private PassOutcome handle(
            TransactionStatus status,
            ProjectionLease lease,
            Buckets buckets,
            EventSink sink,
            int rows,
            AtomicReference<@Nullable LogPage> read) {
        long began = nanos.getAsLong();
        LaneRow row = lanes.lock(lease).orElseThrow(() -> new ProjectionLaneLostException(lease));
        LogPage page = log.read(buckets, row.position(), rows, bytes);
        read.set(page);
        int skipped = EventHandling.of(lease.generation().projection(), page.events(), row, sink);
        // What JPA has kept back would fail after the position was saved, and in the schema of another generation.
        status.flush();
        Handled handled = new Handled(
                page.end(),
                page.events().size(),
                (nanos.getAsLong() - began) / 1_000,
                EventHandling.passes(page.events(), row));
        if (!lanes.save(lease, handled)) {
            throw new ProjectionLaneLostException(lease);
        }
        return new PassOutcome(page.events().size(), skipped, page.isLast(), page.end());
    }
}
