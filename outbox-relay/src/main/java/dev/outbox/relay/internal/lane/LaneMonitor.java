package dev.outbox.relay.internal.lane;

import dev.outbox.internal.failure.Causes;
import dev.outbox.relay.broker.BrokerUnavailableException;
import dev.outbox.relay.broker.PublishingFailedException;
import dev.outbox.relay.broker.UnpublishableEventException;
import dev.outbox.relay.internal.durability.NotDurableException;
import dev.outbox.relay.internal.lane.PassResult.Failed;
import dev.outbox.relay.internal.lane.PassResult.Stopped;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.metrics.LaneLoss;
import dev.outbox.relay.internal.metrics.LaneMeters;
import dev.outbox.relay.internal.metrics.LaneReadings;
import dev.outbox.relay.internal.metrics.LaneWait;
import dev.outbox.relay.internal.metrics.RelayMeters;
import dev.outbox.relay.internal.pace.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;

/**
 * Watches the passes of a lane. It logs changes only: one line when trouble begins, one each time the trouble has lasted
 * twice as long, with the age of the oldest event at that time, and one when it is over. It also keeps the last status for
 * callers that ask for it, such as the meters. Passes come from one thread, questions from any thread.
 */
public final class LaneMonitor implements LaneReadings {

    private static final Logger log = LoggerFactory.getLogger(LaneMonitor.class);

    private final Lane lane;
    private final Duration stuckAfter;
    private final Ticker ticker;
    private final Clock clock;
    private final LaneMeters meters;

    private volatile LaneStatus status = LaneStatus.NOT_RUNNING;
    private volatile @Nullable Long passedAt;
    private volatile @Nullable Long acquiredAt;
    private volatile @Nullable Long failingSince;
    private @Nullable String reported;
    private long reportedAt;
    private Duration reportAgainAfter = Duration.ZERO;
    private boolean standbyReported;

    /**
     * @param clock for the age of events
     */
    public LaneMonitor(Lane lane, Duration stuckAfter, Ticker ticker, Clock clock) {
        this(lane, stuckAfter, ticker, clock, RelayMeters.NONE);
    }

    /**
     * @param clock for the age of events
     * @param meters show what it knows
     */
    public LaneMonitor(Lane lane, Duration stuckAfter, Ticker ticker, Clock clock, RelayMeters meters) {
        this.lane = lane;
        this.stuckAfter = stuckAfter;
        this.ticker = ticker;
        this.clock = clock;
        this.meters = meters.lane(lane.number(), this);
    }

    /** {@return the meters of the lane} */
    LaneMeters meters() {
        return meters;
    }

    public void passed(PassResult result, LaneStatus now) {
        LaneStatus before = status;
        status = now;
        passedAt = ticker.nanos();
        measure(before, now);
        reportOwner(before, now, result);
        reportTrouble(now);
        if (result instanceof Failed failed) {
            log.debug("Lane {} pauses for {}", lane, failed.retryAfter(), failed.cause());
        } else if (result instanceof Stopped stopped) {
            passedAt = null;
            reportStop(stopped);
        }
    }

    /** No pass follows, whatever the last one was. */
    void ended() {
        meters.ended();
    }

    public Lane lane() {
        return lane;
    }

    public LaneStatus status() {
        return status;
    }

    /** {@return how long ago all committed events had last been read} */
    public Optional<Duration> readAgo() {
        return Optional.ofNullable(status.caughtUpAt()).map(this::since);
    }

    /** {@return why the lane does not move, if it should; it may name the event that is in the way} */
    public Optional<String> trouble() {
        return trouble(Causes::ofServer);
    }

    /** {@return the same without the event, for those who may not see which one it is} */
    public Optional<String> troubleWithoutEvent() {
        return trouble(LaneMonitor::withoutEvent);
    }

    private Optional<String> trouble(Function<RuntimeException, String> said) {
        Long last = passedAt;
        if (last == null) {
            return Optional.of("the relay is not running");
        }
        if (since(last).compareTo(stuckAfter) > 0) {
            return Optional.of("no pass has ended for " + since(last) + "; does the database answer?");
        }
        return trouble(status, said);
    }

    /** {@return the topics that the lane holds, and why; it publishes to all others} */
    public Map<String, String> held() {
        return status.held();
    }

    @Override
    public double pending() {
        LaneStatus now = status;
        return (double) now.inFlight() + now.unread();
    }

    /**
     * Of events that cannot be read nobody knows the age; none of them was there when everything had last been read, or else
     * when the lane was acquired.
     */
    @Override
    public double pendingAge() {
        LaneStatus now = status;
        Instant raisedAt = now.oldestRaisedAt();
        if (raisedAt != null) {
            return Math.max(0, seconds(Duration.between(raisedAt, clock.instant())));
        }
        Long passed = passedAt;
        boolean reads = now.failure() == null && passed != null && since(passed).compareTo(stuckAfter) <= 0;
        Long allRead = now.caughtUpAt() == null ? acquiredAt : now.caughtUpAt();
        return reads || allRead == null ? 0 : seconds(since(allRead));
    }

    @Override
    public double waiting(LaneWait reason) {
        LaneStatus now = status;
        Long failing = failingSince;
        double failed = failing != null && reason(now.failure()) == reason ? seconds(since(failing)) : 0;
        Long unanswered = now.waitingSince();
        return reason == LaneWait.BROKER && unanswered != null ? Math.max(failed, seconds(since(unanswered))) : failed;
    }

    @Override
    public double heldTopics() {
        return status.held().size();
    }

    @Override
    public double heldTopicsAge() {
        return seconds(status.parked().heldAge());
    }

    @Override
    public double parked() {
        return status.parked().events();
    }

    @Override
    public double parkedAge() {
        return seconds(status.parked().age());
    }

    private static @Nullable LaneWait reason(@Nullable RuntimeException failure) {
        if (failure == null) {
            return null;
        }
        if (failure instanceof NotDurableException) {
            return LaneWait.DURABILITY;
        }
        if (failure instanceof BrokerUnavailableException || failure instanceof PublishingFailedException) {
            return LaneWait.BROKER;
        }
        if (failure instanceof UnpublishableEventException) {
            return LaneWait.EVENT;
        }
        // Of what a lane calls, only the access to the database throws exceptions of Spring.
        return failure instanceof NestedRuntimeException ? LaneWait.DATABASE : LaneWait.OTHER;
    }

    private void measure(LaneStatus before, LaneStatus now) {
        LaneLoss loss = now.loss();
        if (loss != null && before.isOwner()) {
            meters.lost(loss);
        }
        if (now.isOwner() && now.epoch() != before.epoch()) {
            acquiredAt = passedAt;
        }
        if (now.failure() == null) {
            failingSince = null;
        } else if (failingSince == null) {
            failingSince = passedAt;
        }
        meters.owns(now.isOwner());
    }

    private Optional<String> trouble(LaneStatus now, Function<RuntimeException, String> said) {
        RuntimeException failure = now.failure();
        if (failure != null) {
            return Optional.of(said.apply(failure));
        }
        Long waitingSince = now.waitingSince();
        if (waitingSince != null && since(waitingSince).compareTo(stuckAfter) > 0) {
            return Optional.of("Kafka has not acknowledged %d events for %s, the oldest of them for %s"
                    .formatted(now.inFlight(), since(waitingSince), String.join(", ", now.waitingFor())));
        }
        return Optional.empty();
    }

    private static String withoutEvent(RuntimeException failure) {
        if (failure instanceof UnpublishableEventException refusal) {
            return "an event cannot be published, and its policy is to stop: " + refusal.reason();
        }
        return failure instanceof PublishingFailedException
                ? "an event could not be published: " + Causes.messageOfRoot(failure)
                : Causes.ofServer(failure);
    }

    private void reportOwner(LaneStatus before, LaneStatus now, PassResult result) {
        if (now.isOwner() && now.epoch() != before.epoch()) {
            log.info("Relaying lane {} under epoch {}", lane, now.epoch());
            standbyReported = false;
        } else if (result instanceof PassResult.Standby && !standbyReported) {
            log.info("Lane {} is not this relay's; standing by", lane);
            standbyReported = true;
        }
    }

    private void reportTrouble(LaneStatus now) {
        Optional<String> trouble = trouble(now, Causes::ofServer);
        if (trouble.isPresent() && reported == null) {
            reported = trouble.get();
            reportedAt = ticker.nanos();
            reportAgainAfter = stuckAfter.multipliedBy(2);
            log.warn("Lane {} publishes nothing{}: {}", lane, oldestEvent(now), reported);
        } else if (trouble.isPresent() && since(reportedAt).compareTo(reportAgainAfter) > 0) {
            reportAgainAfter = reportAgainAfter.multipliedBy(2);
            log.warn(
                    "Lane {} has published nothing for {}{}: {}",
                    lane,
                    since(reportedAt),
                    oldestEvent(now),
                    trouble.get());
        } else if (trouble.isEmpty() && reported != null) {
            reported = null;
            if (now.isOwner()) {
                log.info("Lane {} publishes again", lane);
            }
        }
    }

    private String oldestEvent(LaneStatus now) {
        Instant raisedAt = now.oldestRaisedAt();
        return raisedAt == null
                ? ""
                : ", its oldest event is %s old"
                        .formatted(Duration.between(raisedAt, clock.instant()).truncatedTo(ChronoUnit.MILLIS));
    }

    private void reportStop(Stopped stopped) {
        if (stopped.cause() == null) {
            log.info("Lane {} is handed over", lane);
        } else {
            log.warn("Lane {} could not be handed over; its lease has to expire first", lane, stopped.cause());
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private Duration since(long then) {
        return Duration.ofMillis((ticker.nanos() - then) / 1_000_000);
    }
}
