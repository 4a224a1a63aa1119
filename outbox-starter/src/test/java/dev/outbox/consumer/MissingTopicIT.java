package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.stock.JdbcStock;
import dev.outbox.stock.OrderTopic;
import dev.outbox.stock.StockRows;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.core.KafkaAdmin;

@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        classes = JdbcStock.class,
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=orders.missing-topic",
            "outbox.topics.Oredr=orders",
            "outbox.inbox.group=missing-topic"
        })
class MissingTopicIT {

    @Autowired
    private StockRows rows;

    @Autowired
    private OrderTopic topic;

    @Autowired
    private KafkaAdmin admin;

    @Test
    void aTopicThatNobodyPublishesToIsNamedAndNotMadeAndReadOnceItIsThere(CapturedOutput output) throws Exception {
        assertThat(output.getAll().lines().filter(line -> line.contains("Outbox: ")))
                .singleElement()
                .asString()
                .contains("consumer missing-topic handles", "OrderPlaced v2", "from orders.missing-topic")
                .contains("tables in ", ".public of PostgreSQL ");
        assertThat(output).contains("outbox.topics.Oredr has no effect");
        await().atMost(Patience.LIMIT)
                .until(() ->
                        output.getAll().contains("Consumer missing-topic gets nothing from [orders.missing-topic"));
        assertThat(topics()).doesNotContain(topic.name());

        String order = "order-" + UUID.randomUUID();
        topic.sendOrder(order, UUID.randomUUID().toString());
        await().atMost(Patience.LIMIT).until(() -> !rows.reserved(order).isEmpty());
    }

    private Set<String> topics() throws Exception {
        try (Admin client = Admin.create(Map.copyOf(admin.getConfigurationProperties()))) {
            return client.listTopics().names().get(1, TimeUnit.MINUTES);
        }
    }
}
