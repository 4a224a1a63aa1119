package dev.outbox.consumer;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.consumer.internal.record.InboxRecord;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.embedded.BrokerUser;
import dev.outbox.embedded.GuardedBroker;
import dev.outbox.embedded.Patience;
import dev.outbox.event.EventHeaders;
import dev.outbox.stock.Disturbance;
import dev.outbox.stock.JdbcStock;
import dev.outbox.stock.OrderTopic;
import dev.outbox.stock.StockRows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A service on a broker that asks for rights: its user may read the events, while it may, but not write dead letters. */
@SpringBootTest(
        classes = {JdbcStock.class, ForbiddenDeadLetterIT.Broker.class},
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=" + ForbiddenDeadLetterIT.ORDERS,
            "outbox.inbox.group=" + ForbiddenDeadLetterIT.GROUP_ID,
            "outbox.inbox.failure.attempts=2",
            "outbox.inbox.failure.initial-interval=5ms",
            "outbox.inbox.failure.max-interval=20ms",
            "outbox.inbox.failure.types.OrderRejected=dead-letter"
        })
@DirtiesContext
class ForbiddenDeadLetterIT {

    static final String ORDERS = "orders.forbidden-letters";
    static final String LETTERS = ORDERS + ".dlt";
    static final String GROUP_ID = "forbidden-letters";

    @Autowired
    private GuardedBroker broker;

    @Autowired
    private StockRows rows;

    @Autowired
    private Disturbance disturbance;

    @Autowired
    private ParkedInboxEvents parked;

    @Autowired
    private HealthIndicator outboxInboxHealthIndicator;

    @Autowired
    private MessageListenerContainer outboxInboxContainer;

    @Test
    void anEventIsParkedWithItsCauseUntilItsDeadLetterMayBeWritten() {
        parksWithItsCause("order-of-an-unseen-topic");

        // A user who may write to no topic at all is not even given the id of a producer.
        broker.user().allow(TOPIC, LETTERS, DESCRIBE);
        parksWithItsCause("order-of-a-reader");

        broker.user().allow(TOPIC, ORDERS, WRITE);
        parksWithItsCause("order-of-another-writer");

        broker.user().allow(TOPIC, LETTERS, WRITE);
        fail("order-of-a-writer");
        assertThat(parked.keys(10)).isEmpty();
        assertThat(letters()).containsExactly("order-of-a-writer");
    }

    @Test
    void aConsumerThatMayNotReadAnyMoreIsNotUpUntilItMayAndIsStartedAnew() {
        awaitMarker();
        assertThat(health().getStatus()).isEqualTo(Status.UP);

        broker.user().forbid(TOPIC, ORDERS, READ);
        await().atMost(Patience.LIMIT).untilAsserted(() -> {
            assertThat(health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(health().getDetails().toString()).contains(GROUP_ID, ORDERS, "Kafka refused its user");
        });

        broker.user().allow(TOPIC, ORDERS, READ);
        outboxInboxContainer.start();
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        awaitMarker();
    }

    private Health health() {
        return Objects.requireNonNull(outboxInboxHealthIndicator.health());
    }

    private void parksWithItsCause(String order) {
        String event = fail(order);
        assertThat(parked.events(keyOf(order), 10)).singleElement().satisfies(given -> {
            assertThat(given.cause()).isEqualTo(ParkingCause.FAILED);
            assertThat(given.attempts()).isEqualTo(2);
            assertThat(given.reason())
                    .contains("dead-letter topic '%s'".formatted(LETTERS))
                    .contains("AuthorizationException")
                    .contains("on purpose");
        });
        disturbance.end(order);
        assertThat(parked.release(keyOf(order)).complete()).isTrue();
        assertThat(rows.consumersOf(event)).containsExactly(GROUP_ID);
    }

    /** {@return an event whose attempts are used up; one of another key behind it is handled} */
    private String fail(String order) {
        disturbance.begin(order, () -> new IllegalStateException("on purpose"));
        String event = UUID.randomUUID().toString();
        send("OrderRejected", order, event, "{\"orderId\":\"%s\"}".formatted(order));
        awaitMarker();
        return event;
    }

    private InboxKey keyOf(String orderId) {
        return new InboxKey(GROUP_ID, ORDERS, orderId);
    }

    /** Waits until a record sent now is handled, and so every one before it in the partition is done with. */
    private void awaitMarker() {
        String marker = "marker-" + UUID.randomUUID();
        send(
                "OrderPlaced",
                marker,
                UUID.randomUUID().toString(),
                "{\"orderId\":\"%s\",\"article\":\"tea\"}".formatted(marker));
        await().atMost(Patience.LIMIT).until(() -> !rows.reserved(marker).isEmpty());
    }

    private void send(String type, String orderId, String eventId, String payload) {
        Map<String, String> headers = OrderTopic.headers(type, eventId, type.equals("OrderPlaced") ? 2 : 1);
        headers.put(EventHeaders.SUBJECT, orderId);
        ProducerRecord<String, String> record = new ProducerRecord<>(ORDERS, 0, "key", payload);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(record).get();
        } catch (Exception failed) {
            throw new IllegalStateException("The broker did not take an event", failed);
        }
    }

    /** {@return the orders of all that has come to the dead-letter topic until now; waits for the first} */
    private List<String> letters() {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(LETTERS, 0)));
            List<String> letters = new ArrayList<>();
            await().atMost(Patience.LIMIT).until(() -> {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(
                                letter -> letters.add(InboxRecord.textOf(letter).get(EventHeaders.SUBJECT)));
                return !letters.isEmpty();
            });
            return letters;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Broker {

        @Bean(destroyMethod = "close")
        GuardedBroker brokerWithAccessControl() throws Exception {
            GuardedBroker broker = GuardedBroker.start();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                admin.createTopics(Stream.of(ORDERS, LETTERS)
                                .map(topic -> new NewTopic(topic, Optional.of(1), Optional.empty()))
                                .toList())
                        .all()
                        .get();
            }
            BrokerUser user = broker.user();
            user.allow(TOPIC, ORDERS, READ);
            user.allow(GROUP, GROUP_ID, READ);
            return broker;
        }

        @Bean
        DynamicPropertyRegistrar login(GuardedBroker broker) {
            return registry -> broker.user()
                    .login()
                    .forEach((name, value) -> registry.add("spring.kafka.properties." + name, () -> value));
        }

        @Bean
        @Primary
        KafkaConnectionDetails ofTheUser(GuardedBroker broker) {
            return () -> List.of(broker.user().bootstrapServers());
        }
    }
}
