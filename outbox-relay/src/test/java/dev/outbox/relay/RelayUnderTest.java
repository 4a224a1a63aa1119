package dev.outbox.relay;

import dev.outbox.relay.PassResult.Failed;
import dev.outbox.relay.PassResult.Relayed;
import dev.outbox.relay.PassResult.Standby;
import dev.outbox.relay.PassResult.Stopped;
import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.relay.lane.Lane;
import dev.outbox.relay.lane.LaneStore;
import dev.outbox.store.BucketRange;
import dev.outbox.store.OutboxLog;
import dev.outbox.store.ReadBudget;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The relay of one lane on ports that a test makes, pass by pass; all of it is real but the ports. */
public final class RelayUnderTest {

    private static final Duration SHORTEST_BACKOFF = Duration.ofMillis(20);
    private static final Duration LONGEST_BACKOFF = Duration.ofMillis(200);
    private static final Duration POLL = Duration.ofMillis(60);
    private static final Duration ACKS = Duration.ofMillis(10);

    private final LaneRelay relay;

    /**
     * How a relay is set up.
     *
     * @param budget budget of a page
     * @param maxPages how many pages may be in flight
     */
    public record Settings(String owner, Duration ttl, Duration saveInterval, ReadBudget budget, int maxPages) {}

    public RelayUnderTest(
            Settings settings,
            LaneStore lanes,
            OutboxLog log,
            EventPublisher publisher,
            LongSupplier nanos,
            RandomGenerator random) {
        Ticker ticker = nanos::getAsLong;
        this.relay = new LaneRelay(
                new LaneLease(lanes, Lane.ONLY, settings.owner(), settings.ttl(), settings.saveInterval(), ticker),
                new LaneReader(log, BucketRange.ALL, settings.budget()),
                new InFlight(settings.budget(), settings.maxPages(), () -> {}),
                InMemoryParkingStore.stopping(publisher),
                new Backoff(SHORTEST_BACKOFF, LONGEST_BACKOFF, random),
                ticker);
    }

    /** Runs one pass. */
    public Pass pass() {
        PassResult result = relay.runOnce();
        return new Pass(result.toString(), cause(result), next(result));
    }

    public void stop(Duration drainTimeout) {
        relay.stop(drainTimeout);
    }

    /**
     * What a pass came to.
     *
     * @param cause why it failed, if it did
     * @param next how long the loop would wait at most; empty if no pass follows
     */
    public record Pass(String result, Optional<RuntimeException> cause, Optional<Duration> next) {}

    private static Optional<RuntimeException> cause(PassResult result) {
        if (result instanceof Failed failed) {
            return Optional.of(failed.cause());
        }
        return result instanceof Stopped stopped ? Optional.ofNullable(stopped.cause()) : Optional.empty();
    }

    private static Optional<Duration> next(PassResult result) {
        if (result instanceof Relayed relayed) {
            return Optional.of(
                    switch (relayed.next()) {
                        case READ_ON -> Duration.ZERO;
                        case AWAIT_ACKS -> ACKS;
                        case POLL -> POLL;
                    });
        }
        if (result instanceof Failed failed) {
            return Optional.of(failed.retryAfter());
        }
        return result instanceof Standby ? Optional.of(POLL) : Optional.empty();
    }
}
