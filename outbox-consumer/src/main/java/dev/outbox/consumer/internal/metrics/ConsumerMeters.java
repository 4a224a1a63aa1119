package dev.outbox.consumer.internal.metrics;

import dev.outbox.consumer.parking.ParkingCause;

/** Counts what one consumer does, once it is committed. Thread-safe. */
public interface ConsumerMeters {

    /** Counts nothing. */
    ConsumerMeters NONE = new ConsumerMeters() {};

    /** A consumer is done with this many records. */
    default void done(RecordOutcome outcome, long records) {}

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
}
