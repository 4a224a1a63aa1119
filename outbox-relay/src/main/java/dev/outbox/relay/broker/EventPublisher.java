package dev.outbox.relay.broker;

import dev.outbox.store.OutboxRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Sends events to the broker in the order in which they are handed over.
 *
 * <p>The promise is the relay's second one: after an event has failed, no later one leaves until {@link #reset()}.
 * Whatever may pass by itself, such as a broker that is down, is waited for without end and is no failure.
 *
 * <p>Used by one thread; answers come on another.
 */
public interface EventPublisher extends AutoCloseable {

    /**
     * Refuses, before anything is sent, events of which the broker would refuse one for good, as far as that can be
     * known here. May wait a bounded time for the broker to tell about a topic.
     *
     * @throws UnpublishableEventException if one of the events would be refused for good
     * @throws UnavailableTopicException if one of their topics cannot be written to
     * @throws BrokerUnavailableException if the broker does not tell about a topic
     */
    void check(List<OutboxRow> rows);

    /**
     * {@return what the broker has said last of a topic} It is asked anew in the background, so that the answer follows
     * what is so within seconds. Does not wait.
     */
    TopicState ask(String topic);

    /** Hands an event over and returns; what becomes of it, {@code acks} is told later, or at once after a failure. */
    void send(OutboxRow row, Acks acks);

    /** Drops all that was handed over and has not left yet; when this returns, nothing of it will leave any more. */
    void reset();

    /** Drops what has not left, as {@link #reset()} does, for good. To drain, wait for the acks before. */
    @Override
    void close();

    /**
     * {@return a publisher to Kafka that never sends an event after one that failed}
     *
     * @param configuration producer settings, of which those that order and durability rest on are overridden
     * @param maxBlock how long a call may wait for the broker to tell about a topic
     * @throws IllegalArgumentException if a setting that this class reads is not a number
     */
    static EventPublisher kafka(Map<String, Object> configuration, Duration maxBlock) {
        return new KafkaEventPublisher(new KafkaProducerRecipe(configuration, maxBlock));
    }
}
