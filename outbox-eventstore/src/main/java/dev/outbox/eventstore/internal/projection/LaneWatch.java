package dev.outbox.eventstore.internal.projection;

import dev.outbox.eventstore.internal.projection.lane.PassOutcome;
import dev.outbox.eventstore.internal.projection.lane.ProjectionMonitor;
import dev.outbox.eventstore.internal.projection.store.FailedEvent;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What this process knows of a lane that it fills. Written by the thread of the lane, read by any. */
final class LaneWatch implements ProjectionMonitor {

    private final LongSupplier nanos;
    private final ProjectionMeters meters;
    private final Runnable committed;
    private final AtomicLong caughtUpAt;
    private volatile @Nullable FailedEvent failed;
    private volatile boolean owned;

    /**
     * @param committed called after each commit
     */
    LaneWatch(LongSupplier nanos, ProjectionMeters meters, Runnable committed) {
        this.nanos = nanos;
        this.meters = meters;
        this.committed = committed;
        this.caughtUpAt = new AtomicLong(nanos.getAsLong());
    }

    @Override
    public void handled(PassOutcome result) {
        owned = true;
        if (result.events() > 0) {
            meters.handled(result.events() - result.skipped());
            meters.skipped(result.skipped());
            committed.run();
        }
    }

    @Override
    public void caughtUp() {
        owned = true;
        caughtUpAt.set(nanos.getAsLong());
    }

    @Override
    public void retried() {
        owned = true;
        meters.retried();
    }

    @Override
    public void stopped(@Nullable FailedEvent event) {
        failed = event;
    }

    @Override
    public void left() {
        owned = false;
        failed = null;
        caughtUpAt.set(nanos.getAsLong());
    }

    /** {@return the event that the lane has stopped at; null if it has not, or another process fills it} */
    @Nullable
    FailedEvent failed() {
        return failed;
    }

    /** {@return the time since everything was handled, in seconds; 0 if another process fills the lane} */
    double behind() {
        return owned ? (nanos.getAsLong() - caughtUpAt.get()) / 1e9 : 0;
    }
}
