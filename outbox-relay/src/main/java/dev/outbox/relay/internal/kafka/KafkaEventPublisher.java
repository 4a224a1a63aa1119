package dev.outbox.relay.internal.kafka;

import dev.outbox.relay.broker.Acks;
import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.broker.TopicState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * Publishes through one Kafka producer at a time. After a failure the producer is unusable, and {@link #reset()} allows a
 * new one.
 */
public final class KafkaEventPublisher implements EventPublisher {

    private final KafkaProducerRecipe recipe;
    private final KafkaClientMeters meters;
    private final KafkaTopics topics;
    private @Nullable KafkaSession session;

    private KafkaEventPublisher(KafkaProducerRecipe recipe, KafkaClientMeters meters) {
        this.recipe = recipe;
        this.meters = meters;
        this.topics = new KafkaTopics(recipe.bootstrapServers(), () -> Admin.create(recipe.admin()), System::nanoTime);
    }

    /**
     * {@return a publisher to Kafka that never sends an event after one that failed}
     *
     * @param configuration producer settings, of which those that order and durability rely on are overridden
     * @param maxBlock how long a call may wait for the broker to answer about a topic
     * @throws IllegalArgumentException if a setting that this class reads is not a number
     */
    public static EventPublisher create(Map<String, Object> configuration, Duration maxBlock) {
        return create(configuration, maxBlock, KafkaClientMeters.NONE);
    }

    /** {@return the same, whose producers show their metrics} */
    public static EventPublisher create(
            Map<String, Object> configuration, Duration maxBlock, KafkaClientMeters meters) {
        return new KafkaEventPublisher(new KafkaProducerRecipe(configuration, maxBlock), meters);
    }

    @Override
    public void check(List<OutboxRow> rows) {
        session().check(rows);
    }

    @Override
    public TopicState ask(String topic) {
        return topics.ask(topic);
    }

    @Override
    public void send(OutboxRow row, Acks acks) {
        session().send(row, acks);
    }

    @Override
    public void reset() {
        KafkaSession spent = session;
        session = null;
        if (spent != null) {
            spent.end();
        }
        topics.close();
    }

    @Override
    public void close() {
        reset();
    }

    private KafkaSession session() {
        KafkaSession current = session;
        if (current == null) {
            current = new KafkaSession(recipe.newProducer(), recipe, topics, meters);
            session = current;
        }
        return current;
    }
}
