package dev.outbox.relay.internal.pace;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.parking.RefusalPolicy;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the relay.
 *
 * @param enabled whether this application relays events
 * @param engine how new events are found: poll, the default on PostgreSQL, reads the table; tail listens to its write-ahead
 *     log, and reads the table when it has to catch up; debezium leaves them to Debezium, and follows how far that has come;
 *     queue, on all other databases, reads the table and deletes what is published
 * @param lanes number of lanes that the events are divided into by their keys, 1 to 64; several relays share them
 * @param lease who relays a lane
 * @param page how much is read and sent at a time
 * @param poll how often the outbox is read
 * @param backoff pauses after failures
 * @param failure what becomes of events that Kafka refuses for good
 * @param drainTimeout how long a stopping relay waits for the acknowledgements of what it has sent
 * @param stuckAfter how long Kafka or the database may keep the relay waiting before this is reported
 * @param troubleStatus health status while the relay is stuck or holds a topic; STUCK is shown but does not affect the
 *     health of the application; the default of the sidecar is DOWN
 */
@ConfigurationProperties("outbox.relay")
public record RelayProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable Engine engine,
        @DefaultValue("1") int lanes,
        @DefaultValue Lease lease,
        @DefaultValue Page page,
        @DefaultValue Poll poll,
        @DefaultValue Backoff backoff,
        @DefaultValue Failure failure,
        @DefaultValue("10s") Duration drainTimeout,
        @DefaultValue("10s") Duration stuckAfter,
        @DefaultValue("STUCK") String troubleStatus) {

    /**
     * @throws IllegalArgumentException if there cannot be so many lanes, or a time is negative
     */
    public RelayProperties {
        require(lanes >= 1 && lanes <= Lane.MAX, "lanes is %d; there can be 1 to %d".formatted(lanes, Lane.MAX));
        require(!drainTimeout.isNegative(), "drain-timeout is negative: " + drainTimeout);
        requirePositive("stuck-after", stuckAfter);
    }

    /** How new events are found. */
    public enum Engine {
        /** By reading the table. */
        POLL,
        /** By logical replication. */
        TAIL,
        /** Debezium publishes, by its own replication slot. */
        DEBEZIUM,
        /** By reading the table, from which published events are deleted. */
        QUEUE
    }

    /**
     * Requires an engine that works on the database.
     *
     * @throws OutboxSetupException if the one that is set does not
     */
    public void requireEngineOf(DatabaseProduct product) {
        if (engine != null && (engine != Engine.QUEUE) != product.keepsPublished()) {
            throw new OutboxSetupException(
                    "outbox.relay.engine is %s, which does not work on %s"
                            .formatted(engine.name().toLowerCase(Locale.ROOT), product.title()),
                    product.keepsPublished()
                            ? "Remove the property, or set it to poll, tail or debezium."
                            : "Remove the property: on %s, the engine is queue.".formatted(product.title()));
        }
    }

    /** {@return the engine that works on the database: the one that is set, or else the default} */
    public Engine engineOn(DatabaseProduct product) {
        if (engine != null) {
            return engine;
        }
        return product.keepsPublished() ? Engine.POLL : Engine.QUEUE;
    }

    /**
     * Who relays a lane.
     *
     * @param ttl how long a silent relay keeps its lane before another one takes over
     * @param saveInterval minimum time between two saves of progress; after a crash, only newer progress is repeated
     */
    public record Lease(
            @DefaultValue("5s") Duration ttl,
            @DefaultValue("300ms") Duration saveInterval) {

        private static final Duration MIN_TTL = Duration.ofMillis(500);

        /**
         * @throws IllegalArgumentException if the lease is too short to be renewed, or the interval is not positive
         */
        public Lease {
            require(ttl.compareTo(MIN_TTL) >= 0, "lease.ttl is " + ttl + "; a lease needs at least " + MIN_TTL);
            requirePositive("lease.save-interval", saveInterval);
        }
    }

    /**
     * How much is read and sent at a time.
     *
     * @param rows maximum number of events of one read
     * @param bytes payload bytes after which a read ends
     * @param inFlight how many full pages may wait for acknowledgement, counted in events and in bytes
     */
    public record Page(
            @DefaultValue("2000") int rows,
            @DefaultValue("8MB") DataSize bytes,
            @DefaultValue("4") int inFlight) {

        /**
         * @throws IllegalArgumentException if a bound is not positive
         */
        public Page {
            require(rows > 0, "page.rows is not positive: " + rows);
            require(bytes.toBytes() > 0, "page.bytes is not positive: " + bytes);
            require(inFlight > 0, "page.in-flight is not positive: " + inFlight);
        }

        /** {@return how much one read may return} */
        public ReadBudget budget() {
            return new ReadBudget(rows, bytes.toBytes());
        }
    }

    /**
     * How often the outbox is read.
     *
     * @param minInterval pause between reads while events arrive
     * @param maxInterval pause between reads after some time without events, and between attempts to take over a lane;
     *     never more than a third of the lease
     * @param hintCoalescing average time between two reads that commits of this application cause, though a few may follow
     *     each other at once; with thousands of commits per second, up to twenty times as long
     */
    public record Poll(
            @DefaultValue("2ms") Duration minInterval,
            @DefaultValue("450ms") Duration maxInterval,
            @DefaultValue("2ms") Duration hintCoalescing) {

        /**
         * @throws IllegalArgumentException if the intervals are not positive, or not ordered
         */
        public Poll {
            requirePositive("poll.min-interval", minInterval);
            require(
                    maxInterval.compareTo(minInterval) >= 0,
                    "poll.max-interval %s is less than poll.min-interval %s".formatted(maxInterval, minInterval));
            require(!hintCoalescing.isNegative(), "poll.hint-coalescing is negative: " + hintCoalescing);
        }

        /** {@return the same, but with intervals of no more than that} */
        public Poll atMost(Duration interval) {
            return maxInterval.compareTo(interval) <= 0
                    ? this
                    : new Poll(minInterval.compareTo(interval) < 0 ? minInterval : interval, interval, hintCoalescing);
        }
    }

    /**
     * Pauses after failures; each is longer than the one before.
     *
     * @param initial the first pause
     * @param max the longest pause
     */
    public record Backoff(
            @DefaultValue("100ms") Duration initial,
            @DefaultValue("10s") Duration max) {

        /**
         * @throws IllegalArgumentException if the pauses are not positive, or not ordered
         */
        public Backoff {
            requirePositive("backoff.initial", initial);
            require(
                    max.compareTo(initial) >= 0,
                    "backoff.max %s is less than backoff.initial %s".formatted(max, initial));
        }
    }

    /**
     * What becomes of events that Kafka refuses for good; a broker that does not answer refuses nothing.
     *
     * @param policy park-key: park the event and all later ones of its aggregate; stop: wait until it can be published;
     *     skip: report it and continue
     * @param types the same for single types of events
     */
    public record Failure(
            @DefaultValue("park-key") RefusalPolicy policy,
            @DefaultValue Map<String, RefusalPolicy> types) {

        /** Keeps an unmodifiable copy. */
        public Failure {
            types = Map.copyOf(types);
        }

        public RefusalPolicy of(String type) {
            return types.getOrDefault(type, policy);
        }
    }

    private static void requirePositive(String name, Duration value) {
        require(value.compareTo(Duration.ZERO) > 0, name + " is not positive: " + value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("outbox.relay." + message);
        }
    }
}
