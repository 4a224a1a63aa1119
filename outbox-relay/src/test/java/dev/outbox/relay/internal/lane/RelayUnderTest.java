package dev.outbox.relay.internal.lane;

import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.relay.internal.lane.PassResult.Failed;
import dev.outbox.relay.internal.lane.PassResult.Relayed;
import dev.outbox.relay.internal.lane.PassResult.Standby;
import dev.outbox.relay.internal.lane.PassResult.Stopped;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneStore;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.pace.Backoff;
import dev.outbox.relay.internal.pace.Ticker;
import dev.outbox.relay.internal.parking.LaneParking;
import dev.outbox.relay.internal.parking.ParkingStore;
import dev.outbox.relay.parking.RefusalPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The relay of one lane on ports that a test makes, pass by pass; all of it is real but the ports. */
public final class RelayUnderTest implements RunningLane {

    private static final Duration SHORTEST_BACKOFF = Duration.ofMillis(20);
    private static final Duration LONGEST_BACKOFF = Duration.ofMillis(200);
    private static final Duration POLL = Duration.ofMillis(60);
    private static final Duration ACKS = Duration.ofMillis(10);

    private final LaneRelay relay;
    private final Duration drain;
    private boolean stopping;
    private boolean ended;

    /**
     * How a relay is set up.
     *
     * @param budget budget of a page
     * @param maxPages how many pages may be in flight
     * @param drain how long a lane that is stopped waits for what is in flight
     * @param parks whether an event that cannot be published is parked; else its lane waits
     */
    public record Settings(
            String owner,
            Duration ttl,
            Duration saveInterval,
            ReadBudget budget,
            int maxPages,
            Duration drain,
            boolean parks) {}

    public RelayUnderTest(
            Settings settings,
            Lane lane,
            LaneStore lanes,
            OutboxLog log,
            ParkingStore parked,
            EventPublisher publisher,
            LongSupplier nanos,
            RandomGenerator random) {
        Ticker ticker = nanos::getAsLong;
        RefusalPolicy policy = settings.parks() ? RefusalPolicy.PARK_KEY : RefusalPolicy.STOP;
        this.drain = settings.drain();
        this.relay = new LaneRelay(
                new LaneLease(lanes, lane, settings.owner(), settings.ttl(), settings.saveInterval(), ticker),
                new LaneReader(log, lane.buckets(), settings.budget()),
                new InFlight(settings.budget(), settings.maxPages(), () -> {}),
                new LaneSender(publisher, new LaneParking(parked, lane.buckets(), type -> policy, ticker)),
                new Backoff(SHORTEST_BACKOFF, LONGEST_BACKOFF, random),
                ticker);
    }

    /** Runs one pass. */
    public Pass pass() {
        PassResult result = relay.runOnce();
        ended = result instanceof Stopped;
        return new Pass(result.toString(), cause(result), next(result));
    }

    @Override
    public void stop() {
        if (!stopping) {
            stopping = true;
            relay.stop(drain);
        }
    }

    @Override
    public boolean isStopping() {
        return stopping;
    }

    @Override
    public boolean hasEnded() {
        return ended;
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
