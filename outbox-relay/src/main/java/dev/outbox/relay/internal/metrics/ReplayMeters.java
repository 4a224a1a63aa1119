package dev.outbox.relay.internal.metrics;

/** The meters of a replay that runs. Closed at its end. */
public interface ReplayMeters extends AutoCloseable {

    /** Measures nothing. */
    ReplayMeters NONE = new ReplayMeters() {};

    /** Kafka has acknowledged further events. */
    default void published(long events) {}

    @Override
    default void close() {}
}
