package dev.outbox.relay.broker;

/**
 * Creates the publishers of the lanes, one for each lane, so that a failure of one stops no other.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EventPublisherFactory {

    /**
     * {@return a new publisher, which the lane closes}
     *
     * @param name its name in the broker's metrics and logs
     */
    EventPublisher create(String name);
}
