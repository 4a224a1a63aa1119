package dev.outbox.relay.broker;

/** Makes the publishers of the lanes, one for each, so that a failure of one stops no other. */
@FunctionalInterface
public interface EventPublisherFactory {

    /**
     * {@return a new publisher, which the lane closes}
     *
     * @param name what it is called by the broker's metrics and logs
     */
    EventPublisher create(String name);
}
