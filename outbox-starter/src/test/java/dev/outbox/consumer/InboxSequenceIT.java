package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.consumer.internal.record.InboxRecord;
import dev.outbox.consumer.internal.release.GapResumption;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkedInboxEvent;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.consumer.parking.ReleaseResult;
import dev.outbox.embedded.Patience;
import dev.outbox.event.EventHeaders;
import dev.outbox.stock.Disturbance;
import dev.outbox.stock.JdbcStock;
import dev.outbox.stock.OrderTopic;
import dev.outbox.stock.StockRows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** The guard that counts: what is missing is waited for, and what is forked is not dropped. */
@SpringBootTest(
        classes = JdbcStock.class,
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=orders.inbox-sequence",
            "outbox.inbox.group=inbox-sequence",
            "outbox.inbox.guard=aggregate-sequence",
            "outbox.inbox.failure.attempts=2",
            "outbox.inbox.failure.types.OrderAudited=skip",
            "outbox.inbox.failure.types.OrderRejected=dead-letter",
            "outbox.inbox.failure.initial-interval=5ms",
            "outbox.inbox.failure.max-interval=20ms",
            "spring.kafka.producer.properties.interceptor.classes=dev.outbox.consumer.LetterGate"
        })
@Import({DeadLetterTopic.class, ToldParkings.class})
class InboxSequenceIT {

    private static final Duration DEADLINE = Patience.LIMIT;

    @Autowired
    private StockRows rows;

    @Autowired
    private OrderTopic topic;

    @Autowired
    private ParkedInboxEvents parked;

    @Autowired
    private DeadLetterTopic deadLetters;

    @Autowired
    private ToldParkings told;

    @Autowired
    private Disturbance disturbance;

    @Autowired
    private GapResumption resumption;

    private String order = "";

    @AfterEach
    void goOn() {
        resumption.start();
        disturbance.endAll();
        LetterGate.gate = null;
    }

    @BeforeEach
    void newOrder() {
        order = "order-" + UUID.randomUUID();
    }

    @Test
    void duplicatesHaveOneEffectAndAStartInTheMiddleIsNoGap() {
        send(3, "tea");
        send(4, "milk");
        send(3, "tea");
        send(4, "milk");
        send(5, "bread");
        awaitReserved("tea", "milk", "bread");
        assertThat(parked.events(key(), 10)).isEmpty();
        assertThat(rows.consumersOf(order + "-3")).isEmpty();
    }

    @Test
    void whatComesBeforeAMissingEventWaitsForItAndIsHandledBehindIt() {
        send(1, "tea");
        send(3, "bread");
        send(4, "salt");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 2);
        assertThat(rows.reserved(order)).containsExactly("tea");
        assertThat(parked.events(key(), 10))
                .extracting(ParkedInboxEvent::cause)
                .containsExactly(ParkingCause.GAP, ParkingCause.BEHIND);
        assertThat(told.of(order + "-3"))
                .singleElement()
                .satisfies(telling -> assertThat(telling.cause()).isEqualTo(ParkingCause.GAP));

        send(2, "milk");
        awaitReserved("tea", "milk", "bread", "salt");
        assertThat(parked.events(key(), 10)).isEmpty();
        send(5, "oil");
        awaitReserved("tea", "milk", "bread", "salt", "oil");
    }

    @Test
    void aGapThatIsFilledInPartIsWaitedForOn() {
        send(1, "tea");
        send(4, "salt");
        send(2, "milk");
        awaitReserved("tea", "milk");
        assertThat(parked.events(key(), 10)).hasSize(1);
        send(3, "bread");
        awaitReserved("tea", "milk", "bread", "salt");
    }

    @Test
    void whatHasWaitedIsTriedAsOftenAsAnyOther() {
        send(1, "tea");
        send(3, "bread");
        send(4, "salt");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 2);
        AtomicBoolean failed = new AtomicBoolean();
        disturbance.interrupt(order, () -> {
            if (rows.reserved(order).contains("bread") && failed.compareAndSet(false, true)) {
                throw new IllegalStateException("once");
            }
        });
        send(2, "milk");
        awaitReserved("tea", "milk", "bread", "salt");
        assertThat(failed).isTrue();
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).isEmpty());
    }

    @Test
    void whatHasWaitedAndFailsForGoodIsParkedAfterItsAttempts() {
        send(1, "tea");
        send(3, "bread");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 1);
        disturbance.interrupt(order, () -> {
            if (rows.reserved(order).contains("bread")) {
                throw new IllegalStateException("on purpose");
            }
        });
        send(2, "milk");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).get(0).cause() == ParkingCause.FAILED);
        assertThat(parked.events(key(), 10)).singleElement().satisfies(given -> {
            assertThat(given.attempts()).isEqualTo(2);
            assertThat(given.reason()).contains("on purpose");
        });
        disturbance.end(order);
        assertThat(parked.release(key()).handled()).isOne();
    }

    @Test
    void whileWhatHasWaitedIsHandledTheConsumerGoesOn() {
        Gate gate = new Gate();
        send(1, "tea");
        send(3, "bread");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 1);
        disturbance.interrupt(order, () -> {
            if (rows.reserved(order).contains("bread")) {
                gate.pass();
            }
        });
        send(2, "milk");
        gate.awaitReached();
        String waiting = order;
        order = "order-" + UUID.randomUUID();
        try {
            send(1, "oil");
            awaitReserved("oil");
        } finally {
            gate.open();
        }
        order = waiting;
        send(4, "salt");
        awaitReserved("tea", "milk", "bread", "salt");
    }

    @Test
    void ofWhatHasWaitedAndFailsForGoodASkippedTypeHoldsUpNoneBehindIt() {
        send(1, "tea");
        sendOfFirstVersion("OrderAudited", 3);
        send(4, "salt");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 2);
        failTheSecondOfItsHandlingsTwice();
        send(2, "milk");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).isEmpty());
        assertThat(rows.reserved(order)).containsExactly("tea", "milk", "salt");
    }

    @Test
    void ofWhatHasWaitedAndFailsForGoodADeadLetterHoldsUpNoneBehindIt() {
        send(1, "tea");
        sendOfFirstVersion("OrderRejected", 3);
        send(4, "salt");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 2);
        failTheSecondOfItsHandlingsTwice();
        send(2, "milk");
        assertThat(InboxRecord.textOf(deadLetters.awaitLetter(order + "-3"))).containsEntry("kafka_dlt-attempts", "2");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).isEmpty());
        assertThat(rows.reserved(order)).containsExactly("tea", "milk", "salt");
    }

    @Test
    void whileTheDeadLetterOfWhatHasWaitedIsSentNobodyElseHandlesTheEvent() {
        send(1, "tea");
        sendOfFirstVersion("OrderRejected", 3);
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 1);
        failTheSecondOfItsHandlingsTwice();
        Gate gate = new Gate();
        LetterGate.gate = gate;
        send(2, "milk");
        gate.awaitReached();
        CompletableFuture<ReleaseResult> release = CompletableFuture.supplyAsync(() -> parked.release(key()));
        await().atMost(DEADLINE).until(() -> release.isDone() || rows.waitingForALock() > 0);
        gate.open();
        assertThat(release.join().handled()).isZero();
        assertThat(InboxRecord.textOf(deadLetters.awaitLetter(order + "-3"))).containsEntry("kafka_dlt-attempts", "2");
        assertThat(parked.events(key(), 10)).isEmpty();
    }

    @Test
    void whatACrashHasLeftBehindAMissingEventThatCameIsFoundAtTheNextStart() {
        leaveBehind();
        resumption.start();
        awaitReserved("tea", "milk", "bread");
    }

    @Test
    void whatAPersonOrAFailureHoldsBackIsNotTakenForWhatACrashHasLeft() {
        send(1, "tea");
        send(3, "bread");
        send(4, "salt");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 2);
        assertThat(parked.discard(parked.events(key(), 1).get(0).id())).isTrue();
        InboxKey discarded = key();

        order = "order-" + UUID.randomUUID();
        disturbance.begin(order, () -> new IllegalStateException("on purpose"));
        send(1, "tea");
        send(2, "milk");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 2);
        disturbance.end(order);
        InboxKey failed = key();

        order = "z-after-these-" + UUID.randomUUID();
        leaveBehind();
        resumption.start();
        awaitReserved("tea", "milk", "bread");
        assertThat(parked.events(discarded, 10)).hasSize(2);
        assertThat(parked.events(failed, 10)).hasSize(2);
    }

    /** The missing event has come, and stands parked before the one that waits for it. */
    private void leaveBehind() {
        send(1, "tea");
        send(3, "bread");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 1);
        resumption.stop();
        send(2, "milk");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 2);
        assertThat(parked.events(key(), 10))
                .extracting(ParkedInboxEvent::cause)
                .containsExactly(ParkingCause.BEHIND, ParkingCause.GAP);
    }

    private void failTheSecondOfItsHandlingsTwice() {
        AtomicInteger handlings = new AtomicInteger();
        disturbance.interrupt(order, () -> {
            int handling = handlings.incrementAndGet();
            if (handling == 2 || handling == 3) {
                throw new IllegalStateException("on purpose");
            }
        });
    }

    @Test
    void aPersonMayGoOnWithoutTheMissingEvent() {
        send(1, "tea");
        send(3, "bread");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 1);
        assertThat(parked.release(key()).handled()).isOne();
        send(4, "salt");
        awaitReserved("tea", "bread", "salt");
    }

    @Test
    void whoGoesOnWithoutAMissingEventStillWaitsForTheNextThatIsMissing() {
        send(1, "tea");
        send(3, "bread");
        send(5, "oil");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 2);
        assertThat(resumption.pass(key())).isTrue();
        awaitReserved("tea", "bread");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).get(0).cause() == ParkingCause.GAP);
        send(4, "salt");
        awaitReserved("tea", "bread", "salt", "oil");
    }

    @Test
    void anEventWithoutAHandlerCounts() {
        send(1, "tea");
        topic.send(headers("OrderForgotten", order + "-2", 2), "{}");
        send(3, "bread");
        awaitReserved("tea", "bread");
        assertThat(parked.events(key(), 10)).isEmpty();
    }

    @Test
    void aForkIsKeptForAPersonWithAllThatFollows() {
        send(1, "tea");
        send(2, "milk");
        topic.send(headers("OrderPlaced", order + "-forked", 2), payload("beer"));
        send(3, "bread");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 2);
        assertThat(rows.reserved(order)).containsExactly("tea", "milk");
        assertThat(parked.events(key(), 10))
                .extracting(ParkedInboxEvent::cause)
                .containsExactly(ParkingCause.FORK, ParkingCause.BEHIND);

        List<ParkedInboxEvent> events = parked.events(key(), 1);
        assertThat(parked.discard(events.get(0).id())).isTrue();
        parked.release(key());
        awaitReserved("tea", "milk", "bread");
    }

    @Test
    void commitsThatTheProducerHasLostAreReplacedByWhatAPersonLetsIn() {
        send(1, "tea");
        send(2, "milk");
        send(3, "bread");
        awaitReserved("tea", "milk", "bread");
        topic.send(headers("OrderPlaced", order + "-2-again", 2), payload("beer"));
        topic.send(headers("OrderPlaced", order + "-3-again", 3), payload("wine"));
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 2);
        assertThat(parked.events(key(), 10))
                .extracting(ParkedInboxEvent::cause)
                .containsExactly(ParkingCause.FORK, ParkingCause.BEHIND);

        assertThat(parked.release(key()).handled()).isEqualTo(2);
        send(4, "salt");
        awaitReserved("tea", "milk", "bread", "beer", "wine", "salt");
    }

    @Test
    void anEventFromBeforeTheStartIsKeptForAPerson() {
        send(2, "milk");
        send(1, "tea");
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 1);
        assertThat(parked.events(key(), 10))
                .singleElement()
                .satisfies(event -> assertThat(event.cause()).isEqualTo(ParkingCause.LATE));
        assertThat(told.of(order + "-1"))
                .singleElement()
                .satisfies(telling -> assertThat(telling.cause()).isEqualTo(ParkingCause.LATE));

        assertThat(parked.release(key()).handled()).isOne();
        send(3, "bread");
        awaitReserved("milk", "tea", "bread");
    }

    @Test
    void anEventThatDoesNotCountIsParkedAndSaysWhy() {
        Map<String, String> headers = headers("OrderPlaced", order + "-1", 1);
        headers.remove(EventHeaders.SEQUENCE);
        topic.send(headers, payload("tea"));
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 1);
        assertThat(parked.events(key(), 10).get(0).reason()).contains("choose guard event-id for this consumer");
    }

    @Test
    void anEventThatDoesNotCountCanBeDiscarded() {
        Map<String, String> headers = headers("OrderPlaced", order + "-1", 1);
        headers.remove(EventHeaders.SEQUENCE);
        topic.send(headers, payload("tea"));
        await().atMost(DEADLINE).until(() -> parked.events(key(), 10).size() == 1);
        assertThat(parked.discard(key())).isOne();
        send(1, "milk");
        awaitReserved("milk");
    }

    @Test
    void anEventThatDoesNotCountCanBeSkipped() {
        Map<String, String> headers = headers("OrderAudited", order + "-1", 1);
        headers.remove(EventHeaders.SEQUENCE);
        topic.send(headers, "{\"orderId\":\"%s\"}".formatted(order));
        send(1, "tea");
        awaitReserved("tea");
        assertThat(parked.events(key(), 10)).isEmpty();
    }

    @Test
    void anEventThatDoesNotCountCanBeADeadLetterWhichIsNotRemembered() {
        Map<String, String> headers = headers("OrderRejected", order + "-1", 1);
        headers.remove(EventHeaders.SEQUENCE);
        String payload = "{\"orderId\":\"%s\"}".formatted(order);
        topic.send(headers, payload);
        send(1, "tea");
        awaitReserved("tea");
        ConsumerRecord<String, String> letter = deadLetters.awaitLetter(order + "-1");
        assertThat(letter.value()).isEqualTo(payload);
        assertThat(InboxRecord.textOf(letter))
                .containsAllEntriesOf(headers)
                .containsEntry("kafka_dlt-attempts", "1")
                .hasEntrySatisfying(
                        "kafka_dlt-exception-message",
                        said -> assertThat(said).contains("choose guard event-id for this consumer"));
        assertThat(parked.events(key(), 10)).isEmpty();

        topic.send(headers, payload);
        send(2, "milk");
        awaitReserved("tea", "milk");
        deadLetters.awaitLetters(order + "-1", 2);
    }

    @Test
    void anAggregateWhoseIdDoesNotFitIsParkedAndSaysWhy() {
        Map<String, String> headers = headers("OrderPlaced", order + "-1", 1);
        headers.put(EventHeaders.SUBJECT, "s".repeat(256));
        topic.send(headers, payload("tea"));
        await().atMost(DEADLINE)
                .until(() -> parked.keys(1000).stream()
                        .anyMatch(key ->
                                String.valueOf(key.reason()).contains("a ce_subject of more than 255 characters")));
    }

    private void awaitReserved(String... articles) {
        await().atMost(DEADLINE).until(() -> rows.reserved(order).size() == articles.length);
        assertThat(rows.reserved(order)).containsExactly(articles);
    }

    private InboxKey key() {
        return new InboxKey("inbox-sequence", topic.name(), order);
    }

    private void sendOfFirstVersion(String type, int sequence) {
        Map<String, String> headers = headers(type, order + "-" + sequence, sequence);
        headers.put(EventHeaders.DATA_VERSION, "1");
        topic.send(headers, "{\"orderId\":\"%s\"}".formatted(order));
    }

    private void send(int sequence, String article) {
        topic.send(headers("OrderPlaced", order + "-" + sequence, sequence), payload(article));
    }

    private String payload(String article) {
        return "{\"orderId\":\"%s\",\"article\":\"%s\"}".formatted(order, article);
    }

    private Map<String, String> headers(String type, String eventId, int sequence) {
        Map<String, String> headers = OrderTopic.headers(type, eventId, 2);
        headers.put(EventHeaders.SUBJECT, order);
        headers.put(EventHeaders.SEQUENCE, Integer.toString(sequence));
        return headers;
    }
}
