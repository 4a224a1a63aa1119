package dev.outbox.console;

import dev.outbox.embedded.LimitedTopic;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.schema.OutboxTables;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Events of a service, and a topic that refuses those that are larger than it allows. */
final class TestOutbox {

    static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final MigratedDatabase database;
    private final LimitedTopic topic =
            LimitedTopic.create(TestBroker.bootstrapServers(), "console-" + UUID.randomUUID());

    TestOutbox(MigratedDatabase database) {
        this.database = database;
    }

    /** Removes the topic with its records, and makes it again. */
    void makeTopicAnew() {
        topic.delete();
        Awaitility.await().atMost(Patience.LIMIT).ignoreExceptions().until(() -> {
            LimitedTopic.create(TestBroker.bootstrapServers(), topic.name());
            return true;
        });
    }

    String topic() {
        return topic.name();
    }

    EventEnvelope event(String key, String payload) {
        return event(topic.name(), key, payload);
    }

    /** An event for another topic. */
    EventEnvelope eventFor(String otherTopic, String key) {
        return event(otherTopic, key, "{}");
    }

    private static EventEnvelope event(String topic, String key, String payload) {
        return new EventEnvelope(
                timeOrderedId(),
                new EventType("OrderPlaced", 1),
                new AggregateRef("Order", key),
                topic,
                "/orders",
                Instant.now(),
                EventPayload.json(payload.getBytes(StandardCharsets.UTF_8)),
                Map.of("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01"));
    }

    /** Commits events, each in a transaction of its own. */
    List<EventEnvelope> commit(EventEnvelope... events) {
        Arrays.stream(events).map(List::of).forEach(this::commitTogether);
        return List.of(events);
    }

    /** Commits events in one transaction. */
    void commitTogether(List<EventEnvelope> events) {
        DataSource dataSource = database.dataSource();
        OutboxWriter writer = OutboxWriter.on(DatabaseProduct.of(dataSource), dataSource, OutboxTables.ON_SEARCH_PATH);
        new TransactionTemplate(new JdbcTransactionManager(dataSource))
                .executeWithoutResult(status -> writer.append(events));
    }

    /** From now on, the topic takes what is too large. */
    void raiseLimit() {
        topic.raiseLimit();
    }

    /** What the topic has now, by key in order. */
    List<ConsumerRecord<String, String>> records() {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                TestBroker.bootstrapServers(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic.name(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end =
                    consumer.endOffsets(List.of(partition)).values().iterator().next();
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    static List<String> values(List<ConsumerRecord<String, String>> records, String key) {
        return records.stream()
                .filter(record -> record.key().equals(key))
                .map(ConsumerRecord::value)
                .collect(Collectors.toList());
    }

    private static UUID timeOrderedId() {
        long now = System.currentTimeMillis();
        UUID random = UUID.randomUUID();
        return new UUID(
                (now << 16) | 0x7000 | (random.getMostSignificantBits() & 0xfff), random.getLeastSignificantBits());
    }
}
