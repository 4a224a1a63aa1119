package dev.outbox.relay;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the sharing of the lanes: one log line when it begins to fail and one when it works again. */
final class RelayMonitor {

    private static final Logger log = LoggerFactory.getLogger(RelayMonitor.class);

    private final Duration stuckAfter;
    private final Ticker ticker;
    private volatile @Nullable Long passedAt;
    private volatile @Nullable RuntimeException failure;

    RelayMonitor(Duration stuckAfter, Ticker ticker) {
        this.stuckAfter = stuckAfter;
        this.ticker = ticker;
    }

    void passed() {
        passedAt = ticker.nanos();
        if (failure != null) {
            failure = null;
            log.info("The relay shares the lanes again");
        }
    }

    void failed(RuntimeException cause) {
        passedAt = ticker.nanos();
        if (failure == null) {
            log.warn("The relay cannot share the lanes with others; it goes on with those it has", cause);
        }
        failure = cause;
    }

    void stopped() {
        passedAt = null;
        failure = null;
    }

    /** {@return why the relay cannot share the lanes, if so} */
    Optional<String> trouble() {
        Long last = passedAt;
        if (last == null) {
            return Optional.of("the relay is not running");
        }
        Duration ago = Duration.ofNanos(ticker.nanos() - last);
        if (ago.compareTo(stuckAfter) > 0) {
            return Optional.of("the lanes have not been looked at for " + ago + "; does the database answer?");
        }
        RuntimeException cause = failure;
        return cause == null ? Optional.empty() : Optional.of(String.valueOf(cause.getMessage()));
    }
}
