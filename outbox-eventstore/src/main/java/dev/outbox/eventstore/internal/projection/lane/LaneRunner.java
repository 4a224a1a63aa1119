package dev.outbox.eventstore.internal.projection.lane;

import dev.outbox.eventstore.internal.projection.log.Buckets;
import dev.outbox.eventstore.internal.projection.log.ForeignLogPositionException;
import dev.outbox.eventstore.internal.projection.log.LogEvent;
import dev.outbox.eventstore.internal.projection.log.StoredLog;
import dev.outbox.eventstore.internal.projection.store.FailedEvent;
import dev.outbox.eventstore.internal.projection.store.GenerationRef;
import dev.outbox.eventstore.internal.projection.store.LaneRow;
import dev.outbox.eventstore.internal.projection.store.ProjectionLanes;
import dev.outbox.eventstore.internal.projection.store.ProjectionLease;
import dev.outbox.internal.failure.Causes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Fills one lane of one generation for as long as this process owns it.
 *
 * <ol>
 *   <li>Without a lease, it asks for one. While another process has it, it stands by.
 *   <li>With a lease, it looks for new events with one statement, which locks nothing and opens no transaction. Only if there are
 *       some, or the lease has to be prolonged, is there a {@link LanePass}. What it remembers between two looks decides when it
 *       looks, and never what is handled.
 *   <li>If a transaction fails, its events are handled one by one, so that the one that fails is known. That one is tried again,
 *       after pauses that double. When its attempts are used up, the lane has stopped: the row of the lane says at which event, and
 *       the event is tried from time to time, until it succeeds or a person decides to skip it. Nothing is ever skipped otherwise.
 *   <li>What is no fault of an event, such as a database that is away, uses up no attempts.
 * </ol>
 *
 * <p>Used by one thread; {@link #decided()} by any.
 */
public final class LaneRunner {

    private static final Logger log = LoggerFactory.getLogger(LaneRunner.class);

    private static final Duration SHORTEST_IDLE = Duration.ofMillis(5);

    private final GenerationRef generation;
    private final int lane;
    private final Buckets buckets;
    private final EventSink sink;
    private final LanePass pass;
    private final ProjectionLanes lanes;
    private final StoredLog stored;
    private final LaneSettings settings;
    private final ProjectionMonitor monitor;
    private final LongSupplier nanos;
    private final Clock clock;

    private @Nullable ProjectionLease lease;
    private @Nullable String looked;
    private @Nullable FailedEvent stopped;
    private long renewed;
    private long retryAt;
    private int failures;
    private int single;
    private Duration idle = SHORTEST_IDLE;
    private volatile boolean decided;

    public LaneRunner(Target target, Parts parts, LaneSettings settings, ProjectionMonitor monitor) {
        this.generation = target.generation();
        this.lane = target.lane();
        this.buckets = Buckets.of(target.lane(), target.lanes());
        this.sink = target.sink();
        this.pass = parts.pass();
        this.lanes = parts.lanes();
        this.stored = parts.stored();
        this.nanos = parts.nanos();
        this.clock = parts.clock();
        this.settings = settings;
        this.monitor = monitor;
    }

    /** {@return the number of the lane} */
    public int lane() {
        return lane;
    }

    /** A person may have decided about the event that the lane has stopped at. */
    public void decided() {
        decided = true;
    }

    /** {@return how long to pause after one step; a commit ends the pause} */
    public Duration step() {
        ProjectionLease held = lease;
        if (held == null) {
            Optional<ProjectionLease> acquired = lanes.acquire(generation, lane, settings.owner(), settings.ttl());
            if (acquired.isEmpty()) {
                return settings.ttl().dividedBy(2);
            }
            held = acquired.get();
            begin(held);
        }
        if (retryAt != 0 && !isTimeToRetry(held)) {
            return lease == null ? Duration.ZERO : untilRetry();
        }
        if (!isRenewalDue() && !isAnythingNew()) {
            return pause();
        }
        return handle(held);
    }

    /** Gives the lane up. */
    public void release() {
        ProjectionLease held = lease;
        if (held != null) {
            leave();
            lanes.release(held);
        }
    }

    private void begin(ProjectionLease held) {
        lease = held;
        looked = null;
        stopped = null;
        retryAt = 0;
        failures = 0;
        single = 0;
        renewed = nanos.getAsLong();
        idle = SHORTEST_IDLE;
    }

    private void leave() {
        lease = null;
        monitor.left();
    }

    private boolean isAnythingNew() {
        String last = looked;
        if (last == null) {
            return true;
        }
        Optional<String> unchanged = stored.nothingSince(buckets, last);
        unchanged.ifPresent(snapshot -> {
            looked = snapshot;
            monitor.caughtUp();
        });
        return unchanged.isEmpty();
    }

    private Duration handle(ProjectionLease held) {
        try {
            PassOutcome result = pass.run(held, buckets, sink, single > 0 ? 1 : settings.rows());
            return handled(result);
        } catch (ProjectionLaneLostException lost) {
            log.debug("{}", lost.getMessage());
            leave();
            return Duration.ZERO;
        } catch (EventFailedException failed) {
            return failed(held, failed);
        } catch (RuntimeException failed) {
            // A transaction may also fail when it commits, and then nobody knows because of which event.
            boolean ofOneEvent = single > 0;
            if (!ofOneEvent && !isNoFaultOfAnEvent(failed)) {
                single = settings.rows();
                return Duration.ZERO;
            }
            throw failed;
        }
    }

    private Duration handled(PassOutcome result) {
        renewed = nanos.getAsLong();
        if (result.events() > 0) {
            single = Math.max(0, single - result.events());
            failures = 0;
            retryAt = 0;
            idle = SHORTEST_IDLE;
            if (stopped != null) {
                stopped = null;
                monitor.stopped(null);
            }
        }
        monitor.handled(result);
        if (result.isLast()) {
            looked = result.end().done();
            single = 0;
            monitor.caughtUp();
            return pause();
        }
        return Duration.ZERO;
    }

    private Duration failed(ProjectionLease held, EventFailedException failure) {
        if (isNoFaultOfAnEvent(failure)) {
            throw failure;
        }
        if (single == 0 && settings.rows() > 1) {
            single = settings.rows();
            return Duration.ZERO;
        }
        failures++;
        monitor.retried();
        long pause = Math.min(
                settings.firstRetry().toNanos() << Math.min(failures - 1, 20),
                settings.longestRetry().toNanos());
        if (failures >= settings.attempts()) {
            stop(held, failure);
            pause = settings.longestRetry().toNanos();
        }
        retryAt = nanos.getAsLong() + pause;
        return untilRetry();
    }

    private void stop(ProjectionLease held, EventFailedException failure) {
        LogEvent event = failure.event();
        FailedEvent failed = new FailedEvent(
                event.event().id(),
                event.seq(),
                event.event().type().toString(),
                event.event().stream().toString(),
                Causes.inOneLine(failure.failure()),
                clock.instant());
        if (!lanes.fail(held, failed)) {
            leave();
            return;
        }
        renewed = nanos.getAsLong();
        if (stopped == null || !stopped.id().equals(failed.id())) {
            log.error(
                    "Lane {} of {} has stopped at {}: it is tried again every {}, and no later event of the lane is handled"
                            + " until it succeeds. Fix the handler, or skip the event by Projections.skip",
                    lane,
                    generation,
                    failed.id(),
                    settings.longestRetry(),
                    failure);
        }
        stopped = failed;
        monitor.stopped(failed);
    }

    /** A lane that waits keeps its lease, and hears of a decision. */
    private boolean isTimeToRetry(ProjectionLease held) {
        if (decided || isRenewalDue()) {
            decided = false;
            Optional<LaneRow> row = lanes.renew(held);
            if (row.isEmpty()) {
                leave();
                return false;
            }
            renewed = nanos.getAsLong();
            if (row.get().skip() != null) {
                return true;
            }
        }
        return nanos.getAsLong() - retryAt >= 0;
    }

    private Duration untilRetry() {
        long left = Math.max(1, retryAt - nanos.getAsLong());
        return Duration.ofNanos(Math.min(left, settings.ttl().toNanos() / 3));
    }

    private boolean isRenewalDue() {
        return nanos.getAsLong() - renewed >= settings.ttl().toNanos() / 3;
    }

    private Duration pause() {
        Duration pause = idle;
        Duration doubled = idle.multipliedBy(2);
        idle = doubled.compareTo(settings.longestIdle()) > 0 ? settings.longestIdle() : doubled;
        return pause;
    }

    private static boolean isNoFaultOfAnEvent(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotCreateTransactionException || cause instanceof ForeignLogPositionException) {
                return true;
            }
        }
        return ServerFailure.in(failure);
    }

    /**
     * What is filled.
     *
     * @param lanes how many lanes the generation has
     */
    public record Target(GenerationRef generation, int lane, int lanes, EventSink sink) {}

    /**
     * What it is filled with.
     *
     * @param nanos a clock that only goes forward
     */
    public record Parts(LanePass pass, ProjectionLanes lanes, StoredLog stored, LongSupplier nanos, Clock clock) {}
}
