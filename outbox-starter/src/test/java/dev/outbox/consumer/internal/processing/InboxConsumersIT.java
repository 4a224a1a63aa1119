package dev.outbox.consumer.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.stock.BillingHandlers;
import dev.outbox.stock.Disturbance;
import dev.outbox.stock.JdbcStock;
import dev.outbox.stock.OrderTopic;
import dev.outbox.stock.StockRows;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** Two consumers in one service: each gets every event, at its own pace, and remembers it in an inbox of its own. */
@SpringBootTest(
        classes = JdbcStock.class,
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=orders.inbox-consumers",
            "outbox.inbox.group=inbox-consumers",
            "outbox.inbox.failure.attempts=10000",
            "outbox.inbox.failure.initial-interval=5ms",
            "outbox.inbox.failure.max-interval=20ms"
        })
@Import(BillingHandlers.class)
class InboxConsumersIT {

    private static final Duration DEADLINE = Patience.LIMIT;

    @Autowired
    private StockRows rows;

    @Autowired
    private BillingHandlers billing;

    @Autowired
    private Disturbance disturbance;

    @Autowired
    private OrderTopic topic;

    @Test
    void eachHandlesAndRemembersForItselfAndTheOneDoesNotWaitForTheOther() {
        String order = "order-" + UUID.randomUUID();
        String event = UUID.randomUUID().toString();
        disturbance.begin(order, () -> new IllegalStateException("on purpose"));
        topic.sendOrder(order, event);
        topic.sendOrder(order, event);
        await().atMost(DEADLINE).until(() -> billing.billed(order) == 1);
        assertThat(rows.reserved(order)).isEmpty();
        assertThat(rows.consumersOf(event)).containsExactly("inbox-consumers.billing");

        disturbance.end(order);
        await().atMost(DEADLINE).until(() -> !rows.reserved(order).isEmpty());
        assertThat(rows.consumersOf(event)).containsExactlyInAnyOrder("inbox-consumers", "inbox-consumers.billing");
        assertThat(billing.billed(order)).isOne();
    }
}
