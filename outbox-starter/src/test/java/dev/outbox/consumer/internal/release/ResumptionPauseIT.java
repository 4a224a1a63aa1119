package dev.outbox.consumer.internal.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkedInboxEvent;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.embedded.Patience;
import dev.outbox.event.EventHeaders;
import dev.outbox.stock.Disturbance;
import dev.outbox.stock.JdbcStock;
import dev.outbox.stock.OrderTopic;
import dev.outbox.stock.StockRows;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** What has waited and fails is given its pause, whatever else comes. */
@SpringBootTest(
        classes = JdbcStock.class,
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=orders.resumption-pause",
            "outbox.inbox.group=resumption-pause",
            "outbox.inbox.guard=aggregate-sequence",
            "outbox.inbox.failure.initial-interval=1h",
            "outbox.inbox.failure.max-interval=1h"
        })
class ResumptionPauseIT {

    @Autowired
    private StockRows rows;

    @Autowired
    private OrderTopic topic;

    @Autowired
    private ParkedInboxEvents parked;

    @Autowired
    private Disturbance disturbance;

    @Autowired
    private GapResumption resumption;

    @Test
    void anEventOfItsKeyThatComesWhileItFailsDoesNotCutItsPauseShort() {
        String order = waiting();
        disturbance.interrupt(order, () -> {
            if (rows.reserved(order).contains("bread")) {
                resumption.resume(key(order));
                throw new IllegalStateException("on purpose");
            }
        });
        send(order, 2, "milk");
        await().atMost(Patience.LIMIT).until(() -> attempts(order) > 0);

        String next = waiting();
        send(next, 2, "milk");
        await().atMost(Patience.LIMIT).until(() -> rows.reserved(next).size() == 3);
        assertThat(attempts(order)).isOne();
    }

    private String waiting() {
        String order = "order-" + UUID.randomUUID();
        send(order, 1, "tea");
        send(order, 3, "bread");
        await().atMost(Patience.LIMIT).until(() -> parked.events(key(order), 10).size() == 1);
        return order;
    }

    private int attempts(String order) {
        return parked.events(key(order), 10).stream()
                .mapToInt(ParkedInboxEvent::attempts)
                .max()
                .orElse(0);
    }

    private static InboxKey key(String order) {
        return new InboxKey("resumption-pause", "orders.resumption-pause", order);
    }

    private void send(String order, int sequence, String article) {
        Map<String, String> headers = OrderTopic.headers("OrderPlaced", order + "-" + sequence, 2);
        headers.put(EventHeaders.SUBJECT, order);
        headers.put(EventHeaders.SEQUENCE, Integer.toString(sequence));
        topic.send(headers, "{\"orderId\":\"%s\",\"article\":\"%s\"}".formatted(order, article));
    }
}
