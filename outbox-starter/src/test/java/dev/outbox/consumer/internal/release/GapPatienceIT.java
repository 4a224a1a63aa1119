package dev.outbox.consumer.internal.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.event.EventHeaders;
import dev.outbox.stock.JdbcStock;
import dev.outbox.stock.OrderTopic;
import dev.outbox.stock.StockRows;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(
        classes = JdbcStock.class,
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=orders.gap-patience",
            "outbox.inbox.group=gap-patience",
            "outbox.inbox.guard=aggregate-sequence",
            "outbox.inbox.sequence.pass-after=50ms"
        })
class GapPatienceIT {

    @Autowired
    private StockRows rows;

    @Autowired
    private OrderTopic topic;

    @Test
    void aMissingEventIsNotWaitedForLongerThanAsked() {
        String order = "order-" + UUID.randomUUID();
        send(order, 1, "tea");
        send(order, 3, "bread");
        send(order, 4, "salt");
        await().atMost(Patience.LIMIT).until(() -> rows.reserved(order).size() == 3);
        assertThat(rows.reserved(order)).containsExactly("tea", "bread", "salt");
    }

    private void send(String order, int sequence, String article) {
        Map<String, String> headers = OrderTopic.headers("OrderPlaced", order + "-" + sequence, 2);
        headers.put(EventHeaders.SUBJECT, order);
        headers.put(EventHeaders.SEQUENCE, Integer.toString(sequence));
        topic.send(headers, "{\"orderId\":\"%s\",\"article\":\"%s\"}".formatted(order, article));
    }
}
