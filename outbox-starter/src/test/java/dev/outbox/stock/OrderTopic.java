package dev.outbox.stock;

import dev.outbox.embedded.Patience;
import dev.outbox.event.EventHeaders;
import dev.outbox.internal.domain.DomainEventTypes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.springframework.kafka.core.KafkaTemplate;

/** Sends to the topic of the orders, to its first partition unless told otherwise. */
public class OrderTopic {

    private final KafkaTemplate<String, String> kafka;
    private final String name;

    OrderTopic(KafkaTemplate<String, String> kafka, DomainEventTypes types) {
        this.kafka = kafka;
        this.name = types.find(OrderPlaced.class).orElseThrow().topic();
    }

    public String name() {
        return name;
    }

    /** Sends an order as our own relay does. */
    public RecordMetadata sendOrder(String orderId, String eventId) {
        return send(headers("OrderPlaced", eventId, 2), "{\"orderId\":\"%s\",\"article\":\"tea\"}".formatted(orderId));
    }

    public RecordMetadata sendOrder(int partition, String orderId, String eventId) {
        return send(
                partition,
                headers("OrderPlaced", eventId, 2),
                "{\"orderId\":\"%s\",\"article\":\"tea\"}".formatted(orderId));
    }

    /** {@return the headers of our own relay; more can be added, or removed} */
    public static Map<String, String> headers(String type, String eventId, int version) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_VALUE);
        headers.put(EventHeaders.ID, eventId);
        headers.put(EventHeaders.SOURCE, "/orders");
        headers.put(EventHeaders.TYPE, type);
        headers.put(EventHeaders.DATA_VERSION, Integer.toString(version));
        headers.put(EventHeaders.SEQUENCE, "1");
        headers.put(EventHeaders.CONTENT_TYPE, "application/json");
        return headers;
    }

    public RecordMetadata send(Map<String, String> headers, String payload) {
        return send(0, headers, payload);
    }

    private RecordMetadata send(int partition, Map<String, String> headers, String payload) {
        ProducerRecord<String, String> order = new ProducerRecord<>(name, partition, "key", payload);
        headers.forEach((header, value) -> order.headers().add(header, value.getBytes(StandardCharsets.UTF_8)));
        try {
            return kafka.send(order)
                    .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .getRecordMetadata();
        } catch (Exception failed) {
            throw new IllegalStateException("The broker did not take an order", failed);
        }
    }
}
