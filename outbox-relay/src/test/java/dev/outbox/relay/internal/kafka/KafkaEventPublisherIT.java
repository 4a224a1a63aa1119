package dev.outbox.relay.internal.kafka;

import static dev.outbox.relay.TestEvents.event;
import static dev.outbox.relay.TestEvents.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.event.EventEnvelope;
import dev.outbox.relay.TopicReader;
import dev.outbox.relay.broker.Acks;
import dev.outbox.relay.broker.BrokerUnavailableException;
import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.broker.PublishingFailedException;
import dev.outbox.relay.broker.UnpublishableEventException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaEventPublisherIT {

    private static final Duration MAX_BLOCK = Patience.LIMIT;
    private static final int AFTER = 50;

    private final String topic = "publisher-" + UUID.randomUUID();
    private final RecordedAcks acks = new RecordedAcks();

    /** Without events before it, the broker has not heard of the producer yet, and so knows of no gap. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void publishesNothingAfterAnEventThatTheBrokerRefuses(int before) throws Exception {
        createTopicForSmallEvents();
        try (EventPublisher publisher = publisher(Map.of(ProducerConfig.BATCH_SIZE_CONFIG, 600))) {
            long seq = 0;
            for (int i = 0; i < before; i++) {
                publisher.send(row(++seq, event(topic, "A")), acks);
            }
            OutboxRow refused = row(++seq, event(topic, "A", "x".repeat(3_000)));
            publisher.send(refused, acks);
            for (int i = 0; i < AFTER; i++) {
                publisher.send(row(++seq, event(topic, "A")), acks);
            }
            Awaitility.await().atMost(Patience.LIMIT).until(() -> acks.count() == before + 1 + AFTER);

            assertThat(acks.acknowledged.get()).isEqualTo(before);
            assertThat(acks.failures)
                    .hasSize(1 + AFTER)
                    .allSatisfy(failure -> assertThat(failure)
                            .hasMessageContaining(refused.event().id().toString())
                            .hasMessageContaining(topic)
                            .hasCauseInstanceOf(RecordTooLargeException.class));
            publisher.send(row(++seq, event(topic, "A")), acks);
            assertThat(acks.failures).hasSize(2 + AFTER);

            publisher.reset();
            publisher.send(row(++seq, event(topic, "B")), acks);
            try (TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic)) {
                reader.until(records -> records.stream().anyMatch(record -> "B".equals(record.key())));
                assertThat(reader.records()).hasSize(before + 1);
            }
        }
    }

    @Test
    void refusesAnEventLargerThanARequestBeforeItIsSent() {
        try (EventPublisher publisher = publisher(Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "20000"))) {
            publisher.check(List.of(row(1, event(topic, "A", "x".repeat(19_000)))));

            OutboxRow tooLarge = row(2, event(topic, "A", "x".repeat(20_000)));
            assertThatThrownBy(() -> publisher.check(List.of(tooLarge)))
                    .isInstanceOf(UnpublishableEventException.class)
                    .hasMessageContaining(tooLarge.event().id().toString())
                    .hasMessageContaining("max.request.size");
        }
    }

    @Test
    void refusesAReservedHeaderBeforeItIsSent() {
        EventEnvelope event = event(topic, "A");
        EventEnvelope reserved = new EventEnvelope(
                event.id(),
                event.type(),
                event.aggregate(),
                topic,
                event.source(),
                event.time(),
                event.payload(),
                Map.of("ce_id", "another"));
        try (EventPublisher publisher = publisher(Map.of())) {
            assertThatThrownBy(() -> publisher.check(List.of(row(1, reserved))))
                    .isInstanceOf(UnpublishableEventException.class)
                    .hasMessageContaining("ce_id");
        }
    }

    @Test
    void saysOfARefusedEventThatItWillBeRefusedEachTime() throws Exception {
        createTopicForSmallEvents();
        try (EventPublisher publisher = publisher(Map.of())) {
            OutboxRow tooLarge = row(1, event(topic, "A", "x".repeat(3_000)));
            publisher.send(tooLarge, acks);
            Awaitility.await().atMost(Patience.LIMIT).until(() -> acks.count() == 1);
            assertThat(acks.failures)
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.refusal())
                            .hasValueSatisfying(
                                    refusal -> assertThat(refusal.row()).isEqualTo(tooLarge)));
        }
    }

    @Test
    void namesTopicAndServersWhenKafkaDoesNotAnswer() {
        Map<String, Object> nobody = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        try (EventPublisher publisher = KafkaEventPublisher.create(nobody, Duration.ofMillis(100))) {
            assertThatThrownBy(() -> publisher.check(List.of(row(1, event(topic, "A")))))
                    .isInstanceOf(BrokerUnavailableException.class)
                    .hasMessageContaining(topic)
                    .hasMessageContaining("localhost:1");
        }
    }

    private void createTopicForSmallEvents() throws Exception {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, TestBroker.bootstrapServers()))) {
            NewTopic small =
                    new NewTopic(topic, Optional.of(1), Optional.empty()).configs(Map.of("max.message.bytes", "2000"));
            admin.createTopics(List.of(small)).all().get();
        }
    }

    private static EventPublisher publisher(Map<String, Object> settings) {
        Map<String, Object> configuration = new HashMap<>(settings);
        configuration.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestBroker.bootstrapServers());
        return KafkaEventPublisher.create(configuration, MAX_BLOCK);
    }

    private static final class RecordedAcks implements Acks {

        final AtomicInteger acknowledged = new AtomicInteger();
        final Queue<PublishingFailedException> failures = new ConcurrentLinkedQueue<>();

        @Override
        public void acknowledged() {
            acknowledged.incrementAndGet();
        }

        @Override
        public void failed(PublishingFailedException cause) {
            failures.add(cause);
        }

        int count() {
            return acknowledged.get() + failures.size();
        }
    }
}
