package dev.outbox.sample.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.Patience;
import dev.outbox.event.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.kafka.annotation.KafkaListener;

/** What the service says to the world: the type of the answer to each order. */
@TestComponent
class ReservationTopic {

    private final Map<String, String> typeByOrder = new ConcurrentHashMap<>();

    @KafkaListener(
            topics = "outbox.event.Reservation",
            groupId = "reservation-topic",
            properties = "auto.offset.reset=earliest")
    void on(ConsumerRecord<String, String> answer) {
        byte[] type = answer.headers().lastHeader(EventHeaders.TYPE).value();
        typeByOrder.put(answer.key(), new String(type, StandardCharsets.UTF_8));
    }

    @Nullable
    String of(UUID orderId) {
        return typeByOrder.get(orderId.toString());
    }

    void await(UUID orderId, String type) {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(typeByOrder).containsEntry(orderId.toString(), type));
    }
}
