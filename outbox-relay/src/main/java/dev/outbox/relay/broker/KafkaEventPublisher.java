package dev.outbox.relay.broker;

import dev.outbox.relay.log.OutboxRow;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * Publishes through one Kafka producer at a time. After a failure the producer is unusable, and {@link #reset()} allows a
 * new one.
 */
final class KafkaEventPublisher implements EventPublisher {

    private final KafkaProducerRecipe recipe;
    private final KafkaTopics topics;
    private @Nullable KafkaSession session;

    KafkaEventPublisher(KafkaProducerRecipe recipe) {
        this.recipe = recipe;
        this.topics = new KafkaTopics(recipe.bootstrapServers(), () -> Admin.create(recipe.admin()), System::nanoTime);
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
            spent.close();
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
            current = new KafkaSession(recipe.newProducer(), recipe, topics);
            session = current;
        }
        return current;
    }
}
