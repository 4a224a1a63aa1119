package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.console.TestVisitor.Page;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.schema.OutboxSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a sidecar says about where its events go, who reads them, and what they are. */
class TargetsAndConsumersIT {

    private static final String CATALOG = """
            {"service": "order-service", "unknown": 1, "events": [
              {"type": "OrderPlaced", "aggregate": "Order", "topic": "outbox.event.Order", "owner": "team <orders>",
               "description": "An order has come in.", "consumers": ["inventory-service"], "compatibility": "full",
               "versions": [
                 {"version": 1, "since": "2026-01-01", "deprecated": "by version 2", "schema": {"type": "object"}},
                 {"version": 2, "since": "2026-02-01", "schema": {"type": "object", "title": "<script>alert(1)</script>"}}]}]}
            """;

    @RegisterExtension
    static final MigratedDatabase DATABASE = MigratedDatabase.by(OutboxSchema.class);

    private static TestOutbox outbox;
    private static TestConsole console;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        outbox = new TestOutbox(DATABASE);
        Files.writeString(folder.resolve("outbox-catalog.json"), CATALOG);
        Files.createDirectory(folder.resolve("samples"));
        Files.writeString(folder.resolve("samples/OrderPlaced.v2.json"), "{\"orderId\": \"4711\"}");
        console =
                TestConsole.start(DATABASE, "--outbox.console.catalogs=file:%s/outbox-catalog.json".formatted(folder));
        outbox.commit(outbox.event("a", "{}"), outbox.event("b", "{}"), outbox.event("c", "{}"));
        Awaitility.await().atMost(Patience.LIMIT).until(() -> outbox.records().size() == 3);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void aGroupWithoutAConsumerIsNamedWithWhatWaitsForIt() {
        String group = "shelf-" + UUID.randomUUID();
        commit(group, 1);

        JsonNode consumers = console.get("viewer", "/outbox/api/consumers").json();

        JsonNode found = consumers
                .at("/groups/groups")
                .valueStream()
                .filter(one -> one.at("/group").asString().equals(group))
                .findFirst()
                .orElseThrow();
        assertThat(found.at("/topic").asString()).isEqualTo(outbox.topic());
        assertThat(found.at("/lag").asInt()).isEqualTo(2);
        assertThat(found.at("/members").asInt()).isZero();
        assertThat(found.at("/partitions").asInt()).isEqualTo(1);
        assertThat(consumers.at("/inbox").isNull()).as("a sidecar has none").isTrue();
        assertThat(consumers.at("/answer").asString())
                .isEqualTo("Group %s has no consumer now, and 2 records of topic %s wait for it."
                        .formatted(group, outbox.topic()));
        Page page = TestVisitor.signedIn(console, "viewer").get("/outbox/consumers");
        assertThat(page.answer()).isEqualTo(consumers.at("/answer").asString());
        assertThat(page.text()).contains(group).doesNotContain("The inbox of this service");

        commit(group, 3);
        assertThat(console.get("viewer", "/outbox/api/consumers")
                        .json()
                        .at("/answer")
                        .asString())
                .isEqualTo("Every consumer has read everything.");
    }

    @Test
    void theTargetIsKafkaWithItsTopics() {
        JsonNode targets = console.get("viewer", "/outbox/api/targets").json();

        assertThat(targets.at("/answer").asString())
                .isEqualTo("The relay sees nothing wrong, and every topic can be written to.");
        assertThat(targets.at("/targets")).hasSize(1);
        assertThat(targets.at("/targets/0/kind").asString()).isEqualTo("kafka");
        assertThat(targets.at("/targets/0/addresses/0").asString()).isEqualTo(TestBroker.bootstrapServers());
        assertThat(targets.at("/targets/0/topics")
                        .valueStream()
                        .map(topic -> topic.at("/topic").asString()))
                .contains(outbox.topic());
        Page page = TestVisitor.signedIn(console, "viewer").get("/outbox/targets");
        assertThat(page.answer()).isEqualTo(targets.at("/answer").asString());
        assertThat(page.text()).contains(TestBroker.bootstrapServers()).contains(outbox.topic());
    }

    @Test
    void theCatalogShowsEachVersionWithItsSchemaAndItsSample() {
        JsonNode catalog = console.get("viewer", "/outbox/api/catalog").json();

        assertThat(catalog.at("/0/service").asString()).isEqualTo("order-service");
        assertThat(catalog.at("/0/events/0/versions/0/version").asInt())
                .as("the newest first")
                .isEqualTo(2);
        assertThat(catalog.at("/0/events/0/versions/1/deprecated").asString()).isEqualTo("by version 2");
        Page page = TestVisitor.signedIn(console, "viewer").get("/outbox/catalog");
        assertThat(page.answer()).isEqualTo("1 event, as order-service publishes and handles them.");
        assertThat(page.text())
                .contains("team <orders>")
                .contains("Version 1, since 2026-01-01, deprecated: by version 2")
                .contains("\"orderId\": \"4711\"");
        assertThat(page.document().select("main script"))
                .as("what a catalog says is text")
                .isEmpty();
    }

    private static void commit(String group, long offset) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                TestBroker.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                group);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(outbox.topic(), 0);
            consumer.assign(List.of(partition));
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)), Duration.ofSeconds(30));
        }
    }
}
