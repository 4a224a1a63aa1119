package dev.outbox.consumer.internal.metrics;

/** The meters of each consumer. Thread-safe. */
@FunctionalInterface
public interface InboxMeters {

    /** Counts nothing. */
    InboxMeters NONE = consumer -> ConsumerMeters.NONE;

    /**
     * {@return the meters of a consumer, the same each time}
     *
     * @param consumer its name in the inbox
     */
    ConsumerMeters of(String consumer);
}
