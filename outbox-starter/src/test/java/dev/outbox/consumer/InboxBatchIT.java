package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.stock.Disturbance;
import dev.outbox.stock.JdbcStock;
import dev.outbox.stock.OrderTopic;
import dev.outbox.stock.StockRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** What a poll brings is one transaction; only if that fails, smaller ones. */
@SpringBootTest(
        classes = JdbcStock.class,
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=orders.inbox-batch",
            "outbox.inbox.group=inbox-batch",
            "outbox.inbox.failure.attempts=10000",
            "outbox.inbox.failure.initial-interval=5ms",
            "outbox.inbox.failure.max-interval=20ms",
            "spring.kafka.listener.auto-startup=false"
        })
class InboxBatchIT {

    private static final Duration DEADLINE = Patience.LIMIT;

    private final StockRows rows;
    private final Disturbance disturbance;
    private final OrderTopic topic;
    private final ConcurrentMessageListenerContainer<byte[], byte[]> container;
    private final GroupOffsets offsets;

    private final List<String> orders = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    @Autowired
    InboxBatchIT(
            StockRows rows,
            Disturbance disturbance,
            OrderTopic topic,
            ConcurrentMessageListenerContainer<byte[], byte[]> container,
            KafkaAdmin admin) {
        this.rows = rows;
        this.disturbance = disturbance;
        this.topic = topic;
        this.container = container;
        this.offsets = new GroupOffsets(admin, "inbox-batch", new TopicPartition(topic.name(), 0));
    }

    @BeforeEach
    void nameFiveOrders() {
        String batch = UUID.randomUUID().toString();
        IntStream.range(0, 5).forEach(number -> {
            orders.add("order-" + batch + "-" + number);
            events.add("event-" + batch + "-" + number);
        });
    }

    @AfterEach
    void stopAndDisturbNoMore() {
        container.stop();
        disturbance.endAll();
        rows.refuseNothing();
    }

    @Test
    void thePolledEventsAreHandledInOrderInOneTransactionWithTheirInboxRowsAndFollowUpEvents() {
        RecordMetadata last = sendAll();
        container.start();
        awaitHandled(orders);
        assertThat(rows.reservedOrders()).containsSubsequence(orders);
        assertThat(rows.transactionsOf(orders, events)).isOne();
        assertThat(orders).allSatisfy(order -> assertThat(rows.answers(order)).isOne());
        await().atMost(DEADLINE).until(() -> offsets.committed() > last.offset());
    }

    @Test
    void ofTheOnesPolledTwiceEachHasOneEffect() {
        sendAll();
        sendAll();
        container.start();
        awaitHandled(orders);
        assertThat(orders).allSatisfy(order -> {
            assertThat(rows.reserved(order)).hasSize(1);
            assertThat(disturbance.attempts(order)).isOne();
        });
    }

    @Test
    void theOffsetIsNotCommittedBeforeTheTransactionIs() {
        List<Long> seen = new ArrayList<>();
        long before = offsets.committed();
        RecordMetadata last = sendAll();
        disturbance.interrupt(orders.get(4), () -> seen.add(offsets.committed()));
        container.start();
        awaitHandled(orders);
        assertThat(seen).containsExactly(before);
        await().atMost(DEADLINE).until(() -> offsets.committed() > last.offset());
    }

    @Test
    void aCulpritIsFoundTheOnesBeforeItAreHandledAndTheOnesBehindItWait() {
        disturbance.begin(orders.get(2), () -> new IllegalStateException("on purpose"));
        RecordMetadata last = sendAll();
        container.start();
        await().atMost(DEADLINE).until(() -> disturbance.attempts(orders.get(2)) >= 5);
        awaitHandled(orders.subList(0, 2));
        assertThat(rows.transactionsOf(orders.subList(0, 2), events.subList(0, 2)))
                .isOne();
        await().atMost(DEADLINE).until(() -> offsets.committed() == last.offset() - 2);
        assertThat(orders.subList(2, 5))
                .allSatisfy(order -> assertThat(rows.reserved(order)).isEmpty());
        assertThat(disturbance.attempts(orders.get(3))).isZero();

        disturbance.end(orders.get(2));
        awaitHandled(orders);
        assertThat(rows.reservedOrders()).containsSubsequence(orders);
        assertThat(orders).allSatisfy(order -> assertThat(rows.reserved(order)).hasSize(1));
    }

    @Test
    void aBatchThatCannotBeCommittedIsHandledOneByOne() {
        rows.refuseAtCommit(orders.get(3));
        sendAll();
        container.start();
        awaitHandled(orders.subList(0, 3));
        assertThat(rows.transactionsOf(orders.subList(0, 3), events.subList(0, 3)))
                .isEqualTo(3);
        assertThat(rows.reserved(orders.get(3))).isEmpty();
        assertThat(disturbance.attempts(orders.get(4))).isOne();

        rows.refuseNothing();
        awaitHandled(orders);
        assertThat(rows.reservedOrders()).containsSubsequence(orders);
    }

    @Test
    void whatAnotherPartitionHasIsNotHeldUp() {
        disturbance.begin(orders.get(0), () -> new IllegalStateException("on purpose"));
        topic.sendOrder(0, orders.get(0), events.get(0));
        topic.sendOrder(1, orders.get(1), events.get(1));
        container.start();
        awaitHandled(orders.subList(1, 2));
        topic.sendOrder(1, orders.get(2), events.get(2));
        awaitHandled(orders.subList(1, 3));
        assertThat(rows.reserved(orders.get(0))).isEmpty();

        disturbance.end(orders.get(0));
        awaitHandled(orders.subList(0, 3));
    }

    private RecordMetadata sendAll() {
        RecordMetadata last = topic.sendOrder(orders.get(0), events.get(0));
        for (int number = 1; number < orders.size(); number++) {
            last = topic.sendOrder(orders.get(number), events.get(number));
        }
        return last;
    }

    private void awaitHandled(List<String> handled) {
        await().atMost(DEADLINE)
                .until(() ->
                        handled.stream().noneMatch(order -> rows.reserved(order).isEmpty()));
    }
}
