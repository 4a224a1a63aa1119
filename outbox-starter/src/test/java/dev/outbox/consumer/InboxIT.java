package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.event.EventHeaders;
import dev.outbox.stock.Disturbance;
import dev.outbox.stock.JdbcStock;
import dev.outbox.stock.OrderTopic;
import dev.outbox.stock.StockHandlers;
import dev.outbox.stock.StockRows;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** From the topic to the handlers and back to the offset. */
@SpringBootTest(
        classes = JdbcStock.class,
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=orders.inbox",
            "outbox.inbox.group=stock",
            "outbox.inbox.failure.attempts=10000",
            "outbox.inbox.failure.initial-interval=5ms",
            "outbox.inbox.failure.max-interval=20ms"
        })
class InboxIT {

    private static final Duration DEADLINE = Patience.LIMIT;

    private final StockRows rows;
    private final StockHandlers handlers;
    private final Disturbance disturbance;
    private final OrderTopic topic;
    private final ConcurrentMessageListenerContainer<byte[], byte[]> container;
    private final GroupOffsets offsets;

    private String order = "";
    private String event = "";

    @Autowired
    InboxIT(
            StockRows rows,
            StockHandlers handlers,
            Disturbance disturbance,
            OrderTopic topic,
            ConcurrentMessageListenerContainer<byte[], byte[]> container,
            KafkaAdmin admin) {
        this.rows = rows;
        this.handlers = handlers;
        this.disturbance = disturbance;
        this.topic = topic;
        this.container = container;
        this.offsets = new GroupOffsets(admin, "stock", new TopicPartition(topic.name(), 0));
    }

    @BeforeEach
    void newOrder() {
        order = "order-" + UUID.randomUUID();
        event = UUID.randomUUID().toString();
    }

    @AfterEach
    void disturbNoMore() {
        disturbance.endAll();
    }

    @Test
    void theHandlerLearnsWhatTheRecordSays() {
        Map<String, String> headers = OrderTopic.headers("OrderPlaced", event, 2);
        headers.put(EventHeaders.SUBJECT, order);
        headers.put(EventHeaders.SEQUENCE, "7");
        headers.put(EventHeaders.TIME, "2026-02-03T04:05:06Z");
        headers.put("tenant", "north");
        topic.send(headers, "{\"orderId\":\"%s\",\"article\":\"tea\"}".formatted(order));
        awaitReserved(order);
        assertThat(seen(event))
                .isEqualTo(new EventMetadata(
                        event, "/orders", "OrderPlaced", 2, order, 7L, Instant.parse("2026-02-03T04:05:06Z"), headers));
    }

    @Test
    void aStoredVersionOneReachesTheHandlerOfVersionTwo() {
        topic.send(
                OrderTopic.headers("OrderPlaced", event, 1),
                "{\"orderId\":\"%s\",\"item\":\"coffee\"}".formatted(order));
        awaitReserved(order);
        assertThat(rows.reserved(order)).containsExactly("coffee");
        assertThat(seen(event).version()).isOne();
    }

    @Test
    void aForeignProducerThatNamesNeitherVersionNorSequenceIsUnderstoodAsVersionOne() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_VALUE);
        headers.put(EventHeaders.ID, event);
        headers.put(EventHeaders.SOURCE, "https://shop.example/orders");
        headers.put(EventHeaders.TYPE, "OrderPlaced");
        topic.send(headers, "{\"orderId\":\"%s\",\"item\":\"coffee\"}".formatted(order));
        topic.send(headers, "{\"orderId\":\"%s\",\"item\":\"coffee\"}".formatted(order));
        awaitMarker();
        assertThat(rows.reserved(order)).containsExactly("coffee");
        assertThat(seen(event))
                .isEqualTo(new EventMetadata(
                        event, "https://shop.example/orders", "OrderPlaced", 1, null, null, null, headers));
    }

    @Test
    void theSameIdOfAnotherSourceIsAnotherEvent() {
        topic.sendOrder(order, event);
        Map<String, String> headers = OrderTopic.headers("OrderPlaced", event, 2);
        headers.put(EventHeaders.SOURCE, "/other-orders");
        topic.send(headers, "{\"orderId\":\"%s\",\"article\":\"tea\"}".formatted(order));
        awaitMarker();
        assertThat(rows.reserved(order)).hasSize(2);
    }

    @Test
    void whatHasNoHandlerIsIgnoredAndTheOffsetMovesOn() {
        topic.send(OrderTopic.headers("OrderForgotten", event, 1), "{}");
        topic.send(Map.of("id", event), "not an event");
        RecordMetadata last = topic.send(OrderTopic.headers("OrderForgotten", event, 1), "{}");
        await().atMost(DEADLINE).until(() -> offsets.committed() > last.offset());
        assertThat(rows.consumersOf(event)).isEmpty();
    }

    @Test
    void aFailingEventIsTriedAgainAndHoldsBackTheLaterOnesOfItsPartition() {
        String later = order + "-later";
        // An exception at which Spring Kafka would by default give up at once; and it gives up after ten of any kind.
        disturbance.begin(order, () -> new ClassCastException("on purpose"));
        RecordMetadata failing = topic.sendOrder(order, event);
        topic.sendOrder(later, UUID.randomUUID().toString());
        await().atMost(DEADLINE).until(() -> disturbance.attempts(order) >= 25);
        assertThat(disturbance.attempts(later)).isZero();
        assertThat(offsets.committed()).isLessThanOrEqualTo(failing.offset());

        disturbance.end(order);
        awaitReserved(later);
        assertThat(rows.reservedOrders()).containsSubsequence(order, later);
        assertThat(rows.reserved(order)).hasSize(1);
    }

    @Test
    void aContainerThatIsStartedAgainContinuesWhereItStopped() {
        topic.sendOrder(order, event);
        awaitReserved(order);
        container.stop();
        String missed = order + "-missed";
        topic.sendOrder(missed, UUID.randomUUID().toString());
        container.start();
        awaitReserved(missed);
        assertThat(rows.reserved(order)).hasSize(1);
        assertThat(rows.reserved(missed)).hasSize(1);
    }

    @Test
    void anEventWhoseOffsetWasNotCommittedIsADuplicateAfterTheRestart() {
        RecordMetadata handled = topic.sendOrder(order, event);
        awaitReserved(order);
        container.stop();
        offsets.commit(handled.offset());
        container.start();
        awaitMarker();
        assertThat(rows.reserved(order)).hasSize(1);
        assertThat(disturbance.attempts(order)).isOne();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aFailureIsLoggedWithEventAndPlaceAndWithoutPayload(CapturedOutput output) {
        disturbance.begin(order, () -> new IllegalStateException("on purpose"));
        RecordMetadata failing = topic.sendOrder(order, event);
        await().atMost(DEADLINE).until(() -> disturbance.attempts(order) >= 2);
        disturbance.end(order);
        awaitReserved(order);
        String handled = "OrderPlaced v2 (%s)".formatted(event);
        String line = "%s at orders.inbox-0@%d failed, attempt ".formatted(handled, failing.offset());
        assertThat(output)
                .containsOnlyOnce(line + "1; it will be tried again")
                .contains("StockHandlers.answer failed to handle " + handled)
                .doesNotContain("\"article\"");
        assertThat(output.toString()
                        .lines()
                        .filter(logged -> logged.contains(" ERROR ")
                                && (logged.contains(handled) || logged.contains("orders.inbox-0"))))
                .isEmpty();
    }

    private EventMetadata seen(String eventId) {
        List<EventMetadata> seen = handlers.seen().stream()
                .filter(metadata -> metadata.id().equals(eventId))
                .toList();
        assertThat(seen).hasSize(1);
        return seen.get(0);
    }

    private void awaitReserved(String orderId) {
        await().atMost(DEADLINE).until(() -> !rows.reserved(orderId).isEmpty());
    }

    /** Waits until a record sent now is handled, and so every one before it in the partition is done with. */
    private void awaitMarker() {
        String marker = "marker-" + UUID.randomUUID();
        topic.sendOrder(marker, UUID.randomUUID().toString());
        awaitReserved(marker);
    }
}
