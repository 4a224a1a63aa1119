package dev.outbox.relay.broker;

import java.util.List;

/**
 * Sends events to the broker in the order in which they are handed over.
 *
 * <p>It keeps the relay's second promise: after an event has failed, no later one is sent until {@link #reset()}. Trouble
 * that may pass by itself, such as a broker that is down, is not a failure: the publisher waits for it to pass, without a
 * limit.
 *
 * <p>Used by one thread; answers come on another.
 *
 * @since 0.1.0
 */
public interface EventPublisher extends AutoCloseable {

    /**
     * Finds, before anything is sent, an event that the broker would refuse for good, as far as this can be known here. May
     * wait a limited time for the broker to answer about a topic.
     *
     * @throws UnpublishableEventException if one of the events would be refused for good
     * @throws UnavailableTopicException if one of their topics cannot be written to
     * @throws BrokerUnavailableException if the broker does not answer about a topic
     */
    void check(List<OutboxRow> rows);

    /**
     * {@return the broker's last answer about a topic} The broker is asked again in the background, so the answer follows
     * the actual state within seconds. Does not wait.
     */
    TopicState ask(String topic);

    /** Hands an event over and returns; {@code acks} gets the outcome later, or at once after a failure. */
    void send(OutboxRow row, Acks acks);

    /**
     * Drops everything that was handed over and has not been sent yet; when this returns, nothing of it will be sent any
     * more.
     */
    void reset();

    /** Drops what has not been sent, as {@link #reset()} does, for good. To drain, wait for the acks first. */
    @Override
    void close();
}
