package dev.outbox.consumer.internal.metrics;

import dev.outbox.consumer.parking.ParkingCause;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Counts what one consumer does, once it is committed. Thread-safe. */
public interface ConsumerMeters {

    /** Counts nothing. */
    ConsumerMeters NONE = new ConsumerMeters() {};

    /** A consumer is done with this many records. */
    default void done(RecordOutcome outcome, long records) {}

    /**
     * The handlers of an event have run.
     *
     * @param raisedAt when it was raised, by the clock of its producer; null if that is not said
     */
    default void handled(@Nullable Instant raisedAt) {}

    /**
     * Shows how far the consumer is behind.
     *
     * @param records how many records it has not fetched yet, from memory
     */
    default void lag(DoubleSupplier records) {}

    /** A record was parked. */
    default void parked(ParkingCause cause) {}

    /** An event has failed and will be tried again. */
    default void retried() {}

    /** A partition waits for the database or the broker. */
    default void outage() {}

    /** A parked event was let in although one before it is missing. */
    default void gapPassed() {}

    /** A parked event had its turn. */
    default void released(ReleaseOutcome outcome) {}

    /** Parked events were discarded. */
    default void discarded() {}
}
