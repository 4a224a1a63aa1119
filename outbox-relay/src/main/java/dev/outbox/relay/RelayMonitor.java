package dev.outbox.relay;

import dev.outbox.internal.failure.Causes;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneOverview;
import dev.outbox.relay.internal.pace.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the sharing of the lanes: logs one line when it starts to fail and one when it works again, and does the same for
 * lanes that nobody owns.
 */
final class RelayMonitor {

    private static final Logger log = LoggerFactory.getLogger(RelayMonitor.class);

    private final Duration stuckAfter;
    private final Ticker ticker;
    private volatile @Nullable Long passedAt;
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable Sight sight;
    private volatile @Nullable Long freeSince;
    private boolean freeReported;

    RelayMonitor(Duration stuckAfter, Ticker ticker) {
        this.stuckAfter = stuckAfter;
        this.ticker = ticker;
    }

    /**
     * @param seen the lanes and their owners
     */
    void passed(LaneOverview seen) {
        long now = ticker.nanos();
        sight = new Sight(seen, now);
        passed(now, seen.freeLanes());
    }

    /** The relay leaves the lanes to others, and does not look at them. */
    void stoodBy() {
        sight = null;
        passed(ticker.nanos(), List.of());
    }

    private void passed(long now, List<Lane> free) {
        passedAt = now;
        if (failure != null) {
            failure = null;
            log.info("The relay shares the lanes again");
        }
        noteFree(free);
    }

    private void noteFree(List<Lane> free) {
        if (free.isEmpty()) {
            freeSince = null;
            if (freeReported) {
                freeReported = false;
                log.info("Each lane has an owner again");
            }
            return;
        }
        if (freeSince == null) {
            freeSince = ticker.nanos();
        }
        Optional<String> unowned = unownedForLong();
        if (unowned.isPresent() && !freeReported) {
            freeReported = true;
            log.warn("Events wait: {}", unowned.get());
        }
    }

    /** A relay that stands by is healthy only while another one has the lanes. */
    private Optional<String> unownedForLong() {
        Long since = freeSince;
        if (since == null || since(since).compareTo(stuckAfter) <= 0) {
            return Optional.empty();
        }
        return Optional.of("nobody has owned lane %s for %s, and no relay acquires free lanes"
                .formatted(unowned().stream().map(Lane::toString).collect(Collectors.joining(", ")), since(since)));
    }

    private Duration since(long then) {
        return Duration.ofMillis((ticker.nanos() - then) / 1_000_000);
    }

    /** {@return the lanes and their owners when they were last looked at} */
    Optional<LaneOverview> lanes() {
        return Optional.ofNullable(sight).map(Sight::lanes);
    }

    /** {@return how long ago that was} */
    Optional<Duration> lanesSeenAgo() {
        return Optional.ofNullable(sight).map(last -> since(last.at));
    }

    /** {@return the lanes that nobody owned then} */
    List<Lane> unowned() {
        return lanes().map(LaneOverview::freeLanes).orElse(List.of());
    }

    void failed(RuntimeException cause) {
        passedAt = ticker.nanos();
        if (failure == null) {
            log.warn(
                    "The relay cannot share the lanes with others; it goes on with those it has: {}",
                    Causes.ofServer(cause),
                    cause);
        }
        failure = cause;
    }

    void stopped() {
        passedAt = null;
        failure = null;
        freeSince = null;
        sight = null;
    }

    /** {@return why the relay cannot share the lanes, if it cannot} */
    Optional<String> trouble() {
        Long last = passedAt;
        if (last == null) {
            return Optional.of("the relay is not running");
        }
        Duration ago = Duration.ofNanos(ticker.nanos() - last);
        if (ago.compareTo(stuckAfter) > 0) {
            return Optional.of("the lanes have not been checked for " + ago + "; does the database answer?");
        }
        RuntimeException cause = failure;
        return cause == null ? unownedForLong() : Optional.of(Causes.ofServer(cause));
    }

    /**
     * A look at the lanes.
     *
     * @param at when
     */
    private record Sight(LaneOverview lanes, long at) {}
}
