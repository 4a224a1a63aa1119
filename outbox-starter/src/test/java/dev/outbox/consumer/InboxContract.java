package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.stock.Disturbance;
import dev.outbox.stock.OrderTopic;
import dev.outbox.stock.StockHandlers;
import dev.outbox.stock.StockRows;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.support.TransactionTemplate;

/** Effect once, whatever the transaction manager. */
abstract class InboxContract {

    static final Duration DEADLINE = Patience.LIMIT;

    @Autowired
    StockRows rows;

    @Autowired
    StockHandlers handlers;

    @Autowired
    Disturbance disturbance;

    @Autowired
    OrderTopic topic;

    @Autowired
    TransactionTemplate transaction;

    String order = "";
    String event = "";

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
    void aHandlerThatFailsLeavesNeitherEffectNorInboxRowAndSucceedsLaterExactlyOnce() {
        disturbance.begin(order, () -> new IllegalStateException("on purpose"));
        topic.sendOrder(order, event);
        await().atMost(DEADLINE).until(() -> disturbance.attempts(order) >= 3);
        assertThat(rows.reserved(order)).isEmpty();
        assertThat(rows.consumersOf(event)).isEmpty();
        assertThat(rows.answers(order)).isZero();

        disturbance.end(order);
        awaitReserved(order);
        assertThat(rows.reserved(order)).containsExactly("tea");
        assertThat(rows.consumersOf(event)).hasSize(1);
        assertThat(rows.answers(order)).isOne();
    }

    @Test
    void aRecordThatIsDeliveredTwiceHasOneEffect() {
        topic.sendOrder(order, event);
        topic.sendOrder(order, event);
        awaitMarker();
        assertThat(rows.reserved(order)).containsExactly("tea");
        assertThat(rows.answers(order)).isOne();
        assertThat(disturbance.attempts(order)).isOne();
    }

    @Test
    void effectInboxRowAndFollowUpEventAreOneTransaction() {
        topic.sendOrder(order, event);
        awaitReserved(order);
        assertThat(rows.consumersOf(event)).hasSize(1);
        assertThat(rows.answers(order)).isOne();
        assertThat(rows.transactionsOf(order, event)).isOne();
    }

    @Test
    void handlersRunInTheirOrderAndSeeWhatEarlierOnesDid() {
        List<String> seenByTheSecond = new CopyOnWriteArrayList<>();
        disturbance.interrupt(order, () -> seenByTheSecond.addAll(rows.reserved(order)));
        topic.sendOrder(order, event);
        awaitReserved(order);
        assertThat(seenByTheSecond).containsExactly("tea");
    }

    @Test
    void aTransactionThatAHandlerHasSpoiltIsNotTakenForASuccess() {
        disturbance.interrupt(order, () -> transaction.executeWithoutResult(TransactionExecution::setRollbackOnly));
        topic.sendOrder(order, event);
        await().atMost(DEADLINE).until(() -> disturbance.attempts(order) >= 2);
        assertThat(rows.reserved(order)).isEmpty();
        assertThat(rows.consumersOf(event)).isEmpty();

        disturbance.end(order);
        awaitReserved(order);
        assertThat(rows.reserved(order)).containsExactly("tea");
    }

    void awaitReserved(String orderId) {
        await().atMost(DEADLINE).until(() -> !rows.reserved(orderId).isEmpty());
    }

    /** Waits until a record sent now is handled, and so every one before it in the partition is done with. */
    void awaitMarker() {
        String marker = "marker-" + UUID.randomUUID();
        topic.sendOrder(marker, UUID.randomUUID().toString());
        awaitReserved(marker);
    }
}
