package dev.outbox.console;

import dev.outbox.embedded.TestBroker;
import dev.outbox.event.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic with orders of books, as another service publishes them. */
final class TestBooks {

    private final String topic = "books-" + UUID.randomUUID();

    TestBooks() {
        try (Admin admin = Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) TestBroker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    String topic() {
        return topic;
    }

    /** A service that consumes the topic, with a console and without a relay. */
    String[] service(String... more) {
        List<String> properties = new ArrayList<>(
                List.of(
                        "--%s=true".formatted(SidecarAlone.SERVICE),
                        "--spring.application.name=bookshop",
                        "--outbox.inbox.topics=" + topic,
                        "--outbox.inbox.group=" + topic,
                        "--outbox.inbox.failure.permanent-exceptions=dev.outbox.console.service.Bookshop$UnknownBookException"));
        properties.addAll(List.of(more));
        return properties.toArray(String[]::new);
    }

    void order(String isbn, String customer) {
        order(isbn, customer, 2);
    }

    /** In an earlier version, too. */
    void order(String isbn, String customer, int version) {
        ProducerRecord<String, String> order =
                new ProducerRecord<>(topic, isbn, "{\"isbn\":\"%s\",\"customer\":\"%s\"}".formatted(isbn, customer));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_VALUE);
        headers.put(EventHeaders.ID, UUID.randomUUID().toString());
        headers.put(EventHeaders.SOURCE, "/orders");
        headers.put(EventHeaders.TYPE, "BookOrdered");
        headers.put(EventHeaders.DATA_VERSION, Integer.toString(version));
        headers.put(EventHeaders.SUBJECT, isbn);
        headers.put(EventHeaders.CONTENT_TYPE, "application/json");
        headers.forEach((name, value) -> order.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestBroker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(order).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
