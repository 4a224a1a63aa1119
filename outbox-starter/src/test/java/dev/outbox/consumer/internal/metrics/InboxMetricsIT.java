package dev.outbox.consumer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.consumer.idempotent.Inbox;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.embedded.Patience;
import dev.outbox.event.EventHeaders;
import dev.outbox.internal.status.StatusPart;
import dev.outbox.stock.Disturbance;
import dev.outbox.stock.JdbcStock;
import dev.outbox.stock.OrderTopic;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;

/** Each thing that a consumer does is counted, once. */
@SpringBootTest(
        classes = JdbcStock.class,
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=orders.inbox-metrics",
            "outbox.inbox.group=inbox-metrics",
            "outbox.inbox.guard=aggregate-sequence",
            "outbox.inbox.failure.attempts=3",
            "outbox.inbox.failure.initial-interval=5ms",
            "outbox.inbox.failure.max-interval=20ms",
            "outbox.inbox.failure.types.OrderAudited=skip",
            "outbox.inbox.failure.types.OrderRejected=dead-letter"
        })
class InboxMetricsIT {

    private static final String CONSUMER = "inbox-metrics";

    private static final int MORE_THAN_A_POLL = 600;

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private Disturbance disturbance;

    @Autowired
    private OrderTopic topic;

    @Autowired
    private ParkedInboxEvents parked;

    @Autowired
    private Inbox inbox;

    @Autowired
    private HealthIndicator outboxInboxHealthIndicator;

    @Autowired
    private StatusPart status;

    private final String order = "order-" + UUID.randomUUID();

    @BeforeEach
    void everyMeterIsThereFromTheStart() {
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .contains("outbox.inbox.records", "outbox.inbox.parkings", "outbox.inbox.releases");
    }

    @Test
    void recordsAreCountedByWhatBecameOfThem() {
        double handled = records("handled");
        double duplicates = records("duplicate");
        double ignored = records("ignored");
        send("OrderPlaced", 1);
        send("OrderPlaced", 1);
        topic.send(Map.of(), "no event");
        awaitValue(() -> records("handled"), handled + 1);
        awaitValue(() -> records("duplicate"), duplicates + 1);
        awaitValue(() -> records("ignored"), ignored + 1);
    }

    @Test
    void anEventThatIsParkedIsCountedAsAreItsAttemptsAndThoseBehindIt() {
        double retries = value("retries");
        double failed = parkings("failed");
        double behind = parkings("behind");
        double parkedRecords = records("parked");
        disturbance.begin(order, () -> new IllegalStateException("on purpose"));
        send("OrderPlaced", 1);
        awaitValue(() -> parkings("failed"), failed + 1);
        send("OrderPlaced", 2);
        awaitValue(() -> parkings("behind"), behind + 1);
        awaitValue(() -> records("parked"), parkedRecords + 2);
        assertThat(value("retries")).isEqualTo(retries + 2);
        awaitValue(() -> value("parked"), 2);
        assertThat(registry.get("outbox.inbox.parked.age")
                        .tag("consumer", CONSUMER)
                        .timeGauge()
                        .value(TimeUnit.NANOSECONDS))
                .isPositive();

        double refused = releases("failed");
        double released = releases("handled");
        parked.release(key());
        assertThat(releases("failed")).isEqualTo(refused + 1);
        disturbance.end(order);
        parked.release(key());
        assertThat(releases("handled")).isEqualTo(released + 2);
        await().atMost(Patience.LIMIT).until(() -> value("parked") == 0);
    }

    @Test
    void whatIsParkedIsInTheHealthWhichStaysUpAndAtTheEndpointWithoutItsKey() {
        disturbance.begin(order, () -> new IllegalStateException("on purpose"));
        send("OrderPlaced", 1);
        await().atMost(Patience.LIMIT).until(() -> health().getDetails().containsKey("parked"));
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails().get("parked")).asString().contains(CONSUMER, "events=", "age=PT");
        assertThat(status.name()).isEqualTo("inbox");
        assertThat(status.now().get())
                .asString()
                .contains("consumer=" + CONSUMER, topic.name(), "dead=null", "parked=ParkedBacklog[events=")
                .doesNotContain(order);
        disturbance.end(order);
        parked.release(key());
        await().atMost(Patience.LIMIT).until(() -> !health().getDetails().containsKey("parked"));
    }

    private Health health() {
        return Objects.requireNonNull(outboxInboxHealthIndicator.health());
    }

    @Test
    void gapsAreCountedWhenTheyAreWaitedForAndWhenTheyArePassed() {
        double gaps = parkings("gap");
        double passed = value("gaps.passed");
        double handled = releases("handled");
        send("OrderPlaced", 1);
        send("OrderPlaced", 3);
        awaitValue(() -> parkings("gap"), gaps + 1);
        assertThat(value("gaps.passed")).isEqualTo(passed);
        parked.release(key());
        assertThat(value("gaps.passed")).isEqualTo(passed + 1);
        assertThat(releases("handled")).isEqualTo(handled + 1);
    }

    @Test
    void whatIsGivenUpIsCounted() {
        double letters = records("dead-letter");
        double skipped = records("skipped");
        disturbance.begin(order, () -> new IllegalStateException("on purpose"));
        send("OrderRejected", 1);
        send("OrderAudited", 2);
        awaitValue(() -> records("dead-letter"), letters + 1);
        awaitValue(() -> records("skipped"), skipped + 1);
    }

    @Test
    void theTimeFromRaisedToHandledIsMeasuredForEachHandledEvent() {
        Timer delay = registry.get("outbox.inbox.handle.delay")
                .tag("consumer", CONSUMER)
                .timer();
        double handled = records("handled");
        long measured = delay.count();
        double seconds = delay.totalTime(TimeUnit.SECONDS);
        send("OrderPlaced", 1);
        send("OrderPlaced", 1);
        send("OrderPlaced", 2);
        awaitValue(() -> records("handled"), handled + 2);
        assertThat(delay.count()).isEqualTo(measured + 2);
        assertThat(delay.totalTime(TimeUnit.SECONDS)).isGreaterThan(seconds);
    }

    @Test
    void whatIsNotFetchedYetIsTheLag() {
        String last = order + "-last";
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        disturbance.interrupt(order, () -> pass(first));
        disturbance.interrupt(last, () -> pass(second));
        send("OrderPlaced", 1);
        await().atMost(Patience.LIMIT).until(() -> disturbance.attempts(order) == 1);
        // A fetch that is on its way brings this one alone, and the next one as much as there is.
        send("OrderPlaced", 2);
        send(last, "OrderPlaced", 1);
        for (int i = 0; i < MORE_THAN_A_POLL; i++) {
            topic.send(Map.of(), "no event");
        }
        first.countDown();
        await().atMost(Patience.LIMIT).until(() -> disturbance.attempts(last) == 1);
        await().atMost(Patience.LIMIT).until(() -> value("lag") > 0);
        second.countDown();
        await().atMost(Patience.LIMIT).until(() -> value("lag") == 0);
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void eachMeterHasTheTagsThatAreDocumented() {
        for (InboxMeter meter : InboxMeter.values()) {
            assertThat(registry.find(meter.meterName())
                            .tag("consumer", CONSUMER)
                            .meters())
                    .as(meter.meterName())
                    .isNotEmpty()
                    .extracting(Meter::getId)
                    .allSatisfy(id -> {
                        assertThat(id.getTags()).extracting(Tag::getKey).hasSameElementsAs(meter.tags());
                        assertThat(id.getDescription()).isEqualTo(meter.description());
                    });
        }
    }

    @Test
    void plainRecordsAreCountedToo() {
        ConsumerRecord<String, String> plain = new ConsumerRecord<>("plain", 0, order.hashCode() & 0xffff, "", "");
        inbox.process("metrics-plain", plain, () -> {});
        inbox.process("metrics-plain", plain, () -> {});
        assertThat(count("records", "metrics-plain", "outcome", "handled")).isOne();
        assertThat(count("records", "metrics-plain", "outcome", "duplicate")).isOne();
    }

    private void send(String type, int sequence) {
        send(order, type, sequence);
    }

    private void send(String orderId, String type, int sequence) {
        Map<String, String> headers =
                OrderTopic.headers(type, orderId + "-" + sequence, type.equals("OrderPlaced") ? 2 : 1);
        headers.put(EventHeaders.SUBJECT, orderId);
        headers.put(EventHeaders.TIME, "2026-01-02T03:04:05Z");
        headers.put(EventHeaders.SEQUENCE, Integer.toString(sequence));
        topic.send(headers, "{\"orderId\":\"%s\",\"article\":\"tea\"}".formatted(orderId));
    }

    private InboxKey key() {
        return new InboxKey(CONSUMER, topic.name(), order);
    }

    private double records(String outcome) {
        return count("records", CONSUMER, "outcome", outcome);
    }

    private double parkings(String cause) {
        return count("parkings", CONSUMER, "cause", cause);
    }

    private double releases(String outcome) {
        return count("releases", CONSUMER, "outcome", outcome);
    }

    private double count(String name, String consumer, String tag, String value) {
        return registry.get("outbox.inbox." + name)
                .tags("consumer", consumer, tag, value)
                .counter()
                .count();
    }

    private double value(String name) {
        return registry.get("outbox.inbox." + name)
                .tag("consumer", CONSUMER)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    private static void awaitValue(DoubleSupplier value, double expected) {
        await().atMost(Patience.LIMIT).until(() -> value.getAsDouble() >= expected);
        assertThat(value.getAsDouble()).isEqualTo(expected);
    }
}
