package dev.outbox.relay;

import dev.outbox.internal.failure.Causes;
import dev.outbox.relay.internal.lease.Lane;
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
    private volatile List<Lane> free = List.of();
    private volatile @Nullable Long freeSince;
    private boolean freeReported;

    RelayMonitor(Duration stuckAfter, Ticker ticker) {
        this.stuckAfter = stuckAfter;
        this.ticker = ticker;
    }

    /**
     * @param free lanes that nobody owns
     */
    void passed(List<Lane> free) {
        passedAt = ticker.nanos();
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
        this.free = List.copyOf(free);
        if (freeSince == null) {
            freeSince = ticker.nanos();
        }
        Optional<String> unowned = unowned();
        if (unowned.isPresent() && !freeReported) {
            freeReported = true;
            log.warn("Events wait: {}", unowned.get());
        }
    }

    /** A relay that stands by is healthy only while another one has the lanes. */
    private Optional<String> unowned() {
        Long since = freeSince;
        if (since == null || since(since).compareTo(stuckAfter) <= 0) {
            return Optional.empty();
        }
        return Optional.of("nobody has owned lane %s for %s, and no relay acquires free lanes"
                .formatted(free.stream().map(Lane::toString).collect(Collectors.joining(", ")), since(since)));
    }

    private Duration since(long then) {
        return Duration.ofMillis((ticker.nanos() - then) / 1_000_000);
    }

    /** {@return how many lanes nobody owned when they were last looked at} */
    int free() {
        return freeSince == null ? 0 : free.size();
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
        return cause == null ? unowned() : Optional.of(Causes.ofServer(cause));
    }
}
