package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.consumer.internal.record.InboxRecord;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkedInboxEvent;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.consumer.parking.ParkedInboxKey;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.embedded.Patience;
import dev.outbox.event.EventHeaders;
import dev.outbox.stock.Disturbance;
import dev.outbox.stock.JdbcStock;
import dev.outbox.stock.OrderTopic;
import dev.outbox.stock.StockRows;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.kafka.KafkaException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Retry, then park, dead-letter or skip; and what is parked is released in order. */
@SpringBootTest(
        classes = JdbcStock.class,
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=orders.inbox-failure",
            "outbox.inbox.group=inbox-failure",
            "spring.datasource.hikari.auto-commit=false",
            "outbox.inbox.failure.attempts=3",
            "outbox.inbox.failure.initial-interval=5ms",
            "outbox.inbox.failure.max-interval=20ms",
            "outbox.inbox.failure.permanent-exceptions=java.lang.UnsupportedOperationException",
            "outbox.inbox.failure.types.OrderAudited=skip",
            "outbox.inbox.failure.types.OrderRejected=dead-letter"
        })
@Import({DeadLetterTopic.class, ToldParkings.class})
class InboxFailureIT {

    private static final Duration DEADLINE = Patience.LIMIT;

    @Autowired
    private StockRows rows;

    @Autowired
    private Disturbance disturbance;

    @Autowired
    private OrderTopic topic;

    @Autowired
    private ParkedInboxEvents parked;

    @Autowired
    private DeadLetterTopic deadLetters;

    @Autowired
    private ToldParkings told;

    private String order = "";
    private String event = "";

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
    void anEventWhoseAttemptsAreUsedUpIsParkedAndLaterOnesOfItsKeyBehindItWhileOthersFlow() {
        disturbance.begin(order, () -> new IllegalStateException("on purpose"));
        send(order, event, "tea", 1);
        send(order, event + "-2", "milk", 2);
        awaitMarker();
        assertThat(rows.reserved(order)).isEmpty();
        // In the batch and alone the first time; then alone, up to three attempts.
        assertThat(disturbance.attempts(order)).isBetween(3, 4);
        List<ParkedInboxEvent> events = parked.events(keyOf(order), 10);
        assertThat(events)
                .extracting(ParkedInboxEvent::cause)
                .containsExactly(ParkingCause.FAILED, ParkingCause.BEHIND);
        assertThat(events.get(0).reason()).contains("StockHandlers.answer", "on purpose");
        assertThat(events.get(0).attempts()).isEqualTo(3);
        assertThat(rows.consumersOf(event)).isEmpty();
        assertThat(parked.keys(1000)).anySatisfy(key -> {
            assertThat(key.key()).isEqualTo(keyOf(order));
            assertThat(key.events()).isEqualTo(2);
            assertThat(key.cause()).isEqualTo(ParkingCause.FAILED);
        });
    }

    @Test
    void aReleaseHandlesWhatIsParkedInOrderAndOnce() {
        park("tea", "milk", "bread");
        send(order, event + "-2", "milk", 2);
        awaitMarker();

        disturbance.end(order);
        assertThat(parked.release(keyOf(order))).satisfies(result -> {
            assertThat(result.handled()).isEqualTo(3);
            assertThat(result.complete()).isTrue();
        });
        assertThat(rows.reserved(order)).containsExactly("tea", "milk", "bread");
        assertThat(parked.events(keyOf(order), 10)).isEmpty();

        send(order, event + "-2", "milk", 2);
        send(order, event + "-4", "salt", 4);
        awaitMarker();
        assertThat(rows.reserved(order)).containsExactly("tea", "milk", "bread", "salt");
        assertThat(rows.answers(order)).isEqualTo(4);
    }

    @Test
    void aReleaseOfAllGoesOnAfterAKeyThatFails() {
        park("tea");
        String failing = order;
        newOrder();
        park("milk", "bread");
        disturbance.begin(failing, () -> new IllegalStateException("on purpose"));

        assertThat(parked.releaseAll()).satisfies(result -> {
            assertThat(result.handled()).isGreaterThanOrEqualTo(2);
            assertThat(result.complete()).isFalse();
        });
        assertThat(rows.reserved(order)).containsExactly("milk", "bread");
        assertThat(parked.events(keyOf(failing), 10)).hasSize(1);
    }

    @Test
    void aReleaseThatFailsLeavesTheEventAndAllBehindItParked() {
        park("tea", "milk");
        disturbance.begin(order, () -> new IllegalStateException("again"));
        assertThat(parked.release(keyOf(order))).satisfies(result -> {
            assertThat(result.handled()).isZero();
            assertThat(result.failure()).contains("again");
        });
        assertThat(parked.events(keyOf(order), 10))
                .hasSize(2)
                .first()
                .satisfies(first -> assertThat(first.reason()).contains("again"));
        assertThat(rows.reserved(order)).isEmpty();
    }

    @Test
    void aParkedPayloadCanBeCorrectedBeforeItsRelease() {
        park("tea", "milk");
        long first = parked.events(keyOf(order), 1).get(0).id();
        assertThat(parked.edit(first, payload(order, "green tea"))).isTrue();
        disturbance.end(order);
        parked.release(keyOf(order));
        assertThat(rows.reserved(order)).containsExactly("green tea", "milk");
        assertThat(parked.edit(first, payload(order, "too late"))).isFalse();
    }

    @Test
    void aDiscardedEventIsPassedOverInItsTurnAndADuplicateAfterwards() {
        park("tea", "milk", "bread");
        long second = parked.events(keyOf(order), 10).get(1).id();
        assertThat(parked.discard(second)).isTrue();
        assertThat(parked.discard(second)).isFalse();
        disturbance.end(order);
        assertThat(parked.release(keyOf(order))).satisfies(result -> {
            assertThat(result.handled()).isEqualTo(2);
            assertThat(result.passed()).isEqualTo(1);
        });
        send(order, event + "-2", "milk", 2);
        awaitMarker();
        assertThat(rows.reserved(order)).containsExactly("tea", "bread");
    }

    @Test
    void aDiscardedKeyFlowsAgain() {
        park("tea", "milk");
        assertThat(parked.discard(keyOf(order))).isEqualTo(2);
        disturbance.end(order);
        send(order, event, "tea", 1);
        send(order, event + "-3", "bread", 3);
        awaitMarker();
        assertThat(rows.reserved(order)).containsExactly("bread");
    }

    @Test
    void anEventThatComesDuringAReleaseIsHandledAfterIt() {
        park("tea", "milk");
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        disturbance.interrupt(order, () -> {
            if (arrived.complete(null)) {
                send(order, event + "-3", "bread", 3);
                await().atMost(DEADLINE).until(() -> rows.waitingForALock() > 0);
            }
        });
        assertThat(parked.release(keyOf(order)).complete()).isTrue();
        await().atMost(DEADLINE).until(() -> rows.reserved(order).size() == 3);
        assertThat(rows.reserved(order)).containsExactly("tea", "milk", "bread");
    }

    @Test
    void anExceptionThatIsPermanentIsNotTriedAgain() {
        disturbance.begin(order, () -> new UnsupportedOperationException("never"));
        send(order, event, "tea", 1);
        awaitMarker();
        assertThat(parked.events(keyOf(order), 1).get(0).attempts()).isOne();
    }

    @Test
    void aPayloadThatCannotBeReadIsParkedAtOnce() {
        topic.send(headers("OrderPlaced", event, order, 1), "no JSON");
        awaitMarker();
        assertThat(parked.events(keyOf(order), 1).get(0)).satisfies(unreadable -> {
            assertThat(unreadable.attempts()).isOne();
            assertThat(unreadable.reason()).contains("The payload of OrderPlaced v2");
        });
        assertThat(told.of(event)).singleElement().satisfies(parking -> {
            assertThat(parking.key()).isEqualTo(keyOf(order));
            assertThat(parking.cause()).isEqualTo(ParkingCause.FAILED);
        });
    }

    @Test
    void anEventWhoseIdDoesNotFitIntoTheInboxIsParkedAtOnceAndHoldsUpNoOtherKey() {
        String endless = "e".repeat(300);
        send(order, endless, "tea", 1);
        send(order, event + "-2", "milk", 2);
        awaitMarker();
        assertThat(parked.events(keyOf(order), 10))
                .extracting(ParkedInboxEvent::cause)
                .containsExactly(ParkingCause.FAILED, ParkingCause.BEHIND);
        assertThat(parked.events(keyOf(order), 1).get(0)).satisfies(misfit -> {
            assertThat(misfit.attempts()).isOne();
            assertThat(misfit.reason()).contains("header ce_id", "more than 255 characters");
            assertThat(misfit.received().headers().lastHeader(EventHeaders.ID).value())
                    .asString()
                    .isEqualTo(endless);
        });
        assertThat(parked.release(keyOf(order)).failure()).contains("header ce_id");
        assertThat(parked.discard(parked.events(keyOf(order), 1).get(0).id())).isTrue();
        assertThat(parked.release(keyOf(order)).handled()).isOne();
        assertThat(rows.reserved(order)).containsExactly("milk");
    }

    @ParameterizedTest
    @ValueSource(strings = {EventHeaders.ID, EventHeaders.SOURCE, EventHeaders.SUBJECT})
    void whatNoColumnCanHoldIsParkedToo(String header) {
        Map<String, String> headers = headers("OrderPlaced", event, order, 1);
        headers.compute(header, (name, value) -> value + "\0" + "x".repeat(header.equals(EventHeaders.ID) ? 0 : 3000));
        topic.send(headers, new String(payload(order, "tea"), StandardCharsets.UTF_8));
        awaitMarker();
        assertThat(parked.keys(1000))
                .filteredOn(key -> String.valueOf(key.reason()).contains("header " + header))
                .hasSize(1);
        assertThat(rows.reserved(order)).isEmpty();
    }

    @Test
    void aDeadLetterMayHaveAnIdThatDoesNotFit() {
        String endless = event + "e".repeat(300);
        topic.send(headers("OrderRejected", endless, order, 1), "{\"orderId\":\"%s\"}".formatted(order));
        assertThat(InboxRecord.textOf(deadLetters.awaitLetter(endless)))
                .hasEntrySatisfying(
                        "kafka_dlt-exception-message", said -> assertThat(said).contains("header ce_id"));
        assertThat(parked.events(keyOf(order), 1)).isEmpty();
    }

    @Test
    void aSkippedTypeMayHaveAnIdThatDoesNotFit() {
        topic.send(headers("OrderAudited", "e".repeat(256), order, 1), "{\"orderId\":\"%s\"}".formatted(order));
        send(order, event + "-2", "milk", 2);
        awaitMarker();
        assertThat(disturbance.attempts(order)).isOne();
        assertThat(rows.reserved(order)).containsExactly("milk");
    }

    @Test
    void aKeyOfAnyLengthCanBeParked() {
        Map<String, String> headers = headers("OrderPlaced", event, order, 1);
        headers.put(EventHeaders.SUBJECT, order + "/" + "long".repeat(2000));
        disturbance.begin(order, () -> new UnsupportedOperationException("never"));
        topic.send(headers, new String(payload(order, "tea"), StandardCharsets.UTF_8));
        awaitMarker();
        InboxKey key = parked.keys(1000).stream()
                .map(ParkedInboxKey::key)
                .filter(found -> found.key().startsWith(order))
                .findFirst()
                .orElseThrow();
        headers.put(EventHeaders.ID, event + "-2");
        topic.send(headers, new String(payload(order, "milk"), StandardCharsets.UTF_8));
        awaitMarker();
        disturbance.end(order);
        assertThat(parked.release(key).handled()).isEqualTo(2);
        assertThat(rows.reserved(order)).containsExactly("tea", "milk");
    }

    static Stream<RuntimeException> whatLooksLikeAnOutage() {
        return Stream.of(
                new CannotGetJdbcConnectionException("the pool of another database has no connection left"),
                new KafkaException("Send failed", new TimeoutException("Topic nope not present in metadata")),
                new UncategorizedSQLException(
                        "report", null, new SQLException("temporary file size exceeds temp_file_limit", "53400")),
                new CannotCreateTransactionException("another database is away"));
    }

    @ParameterizedTest
    @MethodSource("whatLooksLikeAnOutage")
    void whatOnlyLooksLikeAnOutageIsAnAttemptAndHoldsUpNoOtherKey(RuntimeException failure) {
        disturbance.begin(order, () -> failure);
        send(order, event, "tea", 1);
        awaitMarker();
        assertThat(parked.events(keyOf(order), 10)).singleElement().satisfies(given -> {
            assertThat(given.cause()).isEqualTo(ParkingCause.FAILED);
            assertThat(given.attempts()).isEqualTo(3);
        });
    }

    @Test
    void anErrorWhileAPayloadIsReadIsAFailureOfItsEventAndTheConsumerLivesOn() {
        send(order, event, "unpacked", 1);
        awaitMarker();
        assertThat(parked.events(keyOf(order), 10)).singleElement().satisfies(given -> {
            assertThat(given.attempts()).isEqualTo(3);
            assertThat(given.reason()).contains("NoClassDefFoundError: com/example/Packaging");
        });
        assertThat(parked.release(keyOf(order)).failure()).contains("com/example/Packaging");
    }

    @Test
    void aDeadLetterThatTheBrokerNeverTakesIsParkedWithItsCause() {
        disturbance.begin(order, () -> new IllegalStateException("on purpose" + "!".repeat(3000)));
        Map<String, String> headers = headers("OrderRejected", event, order, 1);
        headers.put("filling", "x".repeat(1024 * 1024 - 2000));
        topic.send(headers, "{\"orderId\":\"%s\"}".formatted(order));
        awaitMarker();
        assertThat(parked.events(keyOf(order), 10)).singleElement().satisfies(given -> {
            assertThat(given.cause()).isEqualTo(ParkingCause.FAILED);
            assertThat(given.reason())
                    .contains("dead-letter topic '%s.dlt'".formatted(topic.name()))
                    .contains("RecordTooLargeException")
                    .contains("on purpose");
        });
        assertThat(deadLetters.lettersOf(event)).isEmpty();
    }

    @Test
    void aSkippedTypeIsGivenUpAndTheNextOfItsKeyIsHandled() {
        disturbance.begin(order, () -> new IllegalStateException("on purpose"));
        topic.send(headers("OrderAudited", event, order, 1), "{\"orderId\":\"%s\"}".formatted(order));
        send(order + "-next", event + "-2", "milk", 2);
        awaitMarker();
        int attempts = disturbance.attempts(order);
        assertThat(attempts).isBetween(3, 4);
        disturbance.end(order);
        topic.send(headers("OrderAudited", event, order, 1), "{\"orderId\":\"%s\"}".formatted(order));
        awaitMarker();
        assertThat(disturbance.attempts(order)).isEqualTo(attempts);
        assertThat(parked.events(keyOf(order), 1)).isEmpty();
    }

    @Test
    void aDeadLetterCarriesTheRecordAsItCameAndWhyItIsThere() {
        disturbance.begin(order, () -> new IllegalStateException("on purpose"));
        Map<String, String> headers = headers("OrderRejected", event, order, 1);
        headers.put("tenant", "north");
        topic.send(headers, "{\"orderId\":\"%s\"}".formatted(order));
        ConsumerRecord<String, String> letter = deadLetters.awaitLetter(event);
        assertThat(letter.value()).isEqualTo("{\"orderId\":\"%s\"}".formatted(order));
        assertThat(letter.key()).isEqualTo("key");
        assertThat(InboxRecord.textOf(letter))
                .containsAllEntriesOf(headers)
                .containsEntry("kafka_dlt-original-topic", topic.name())
                .containsEntry("kafka_dlt-exception-fqcn", IllegalStateException.class.getName())
                .containsEntry("kafka_dlt-attempts", "3")
                .hasEntrySatisfying(
                        "kafka_dlt-exception-message", said -> assertThat(said).contains("on purpose"));
    }

    @Test
    void aDeadLetterThatIsDeliveredAgainIsADuplicateAndTheNextOfItsKeyIsHandled() {
        disturbance.begin(order, () -> new IllegalStateException("on purpose"));
        Map<String, String> headers = headers("OrderRejected", event, order, 1);
        topic.send(headers, "{\"orderId\":\"%s\"}".formatted(order));
        deadLetters.awaitLetter(event);
        awaitMarker();
        int attempts = disturbance.attempts(order);
        disturbance.end(order);

        topic.send(headers, "{\"orderId\":\"%s\"}".formatted(order));
        awaitMarker();
        assertThat(disturbance.attempts(order)).isEqualTo(attempts);
        assertThat(rows.consumersOf(event)).hasSize(1);
        assertThat(deadLetters.lettersOf(event)).hasSize(1);

        send(order, event + "-2", "milk", 2);
        awaitMarker();
        assertThat(rows.reserved(order)).containsExactly("milk");
    }

    private void park(String... articles) {
        disturbance.begin(order, () -> new IllegalStateException("on purpose"));
        for (int number = 1; number <= articles.length; number++) {
            send(order, number == 1 ? event : event + "-" + number, articles[number - 1], number);
        }
        await().atMost(DEADLINE).until(() -> parked.events(keyOf(order), 100).size() == articles.length);
        disturbance.end(order);
    }

    private InboxKey keyOf(String orderId) {
        return new InboxKey("inbox-failure", topic.name(), orderId);
    }

    private void send(String orderId, String eventId, String article, int sequence) {
        topic.send(
                headers("OrderPlaced", eventId, orderId, sequence),
                new String(payload(orderId, article), StandardCharsets.UTF_8));
    }

    private static byte[] payload(String orderId, String article) {
        return "{\"orderId\":\"%s\",\"article\":\"%s\"}"
                .formatted(orderId, article)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> headers(String type, String eventId, String orderId, int sequence) {
        Map<String, String> headers = OrderTopic.headers(type, eventId, type.equals("OrderPlaced") ? 2 : 1);
        headers.put(EventHeaders.SUBJECT, orderId);
        headers.put(EventHeaders.SEQUENCE, Integer.toString(sequence));
        return headers;
    }

    /** Waits until a record sent now is handled, and so every one before it in the partition is done with. */
    private void awaitMarker() {
        String marker = "marker-" + UUID.randomUUID();
        send(marker, UUID.randomUUID().toString(), "tea", 1);
        await().atMost(DEADLINE).until(() -> !rows.reserved(marker).isEmpty());
    }
}
