package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.devservices.internal.KafkaBroker;
import dev.outbox.embedded.LimitedTopic;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.event.EventEnvelope;
import dev.outbox.schema.OutboxSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Why has it not arrived? Twelve faults, and the first step that is named for each of them. */
class EventTrailIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final TestOutbox outbox = new TestOutbox(database);
    private @Nullable TestConsole console;

    @AfterEach
    void stop() {
        if (console != null) {
            console.close();
        }
    }

    @Test
    void itsTransactionWasNotCommitted() {
        start();

        assertMissing(UUID.randomUUID(), "COMMITTED", "The outbox does not have this event");
    }

    @Test
    void noRelayRuns() {
        start();
        stopRelay();
        leave();
        EventEnvelope event = outbox.commit(outbox.event("A", "{}")).get(0);

        assertMissing(event.id(), "OWNED", "No relay is running.");
    }

    @Test
    void aRelayRunsAndDoesNotTakeTheLane() {
        start();
        stopRelay();
        leave();
        JdbcClient.create(database.dataSource())
                .sql("insert into outbox_relay values ('other', 1, now(), now() + interval '1 hour')")
                .update();
        EventEnvelope event = outbox.commit(outbox.event("A", "{}")).get(0);

        assertMissing(event.id(), "OWNED", "Nobody owns lane 0, although a relay is running");
    }

    @Test
    void itsRelayIsAnotherProcessThatDoesNotPublish() {
        start();
        stopRelay();
        JdbcClient.create(database.dataSource())
                .sql("update outbox_lane set owner = 'other', lease_until = now() + interval '1 hour'")
                .update();
        EventEnvelope event = outbox.commit(outbox.event("A", "{}")).get(0);

        assertMissing(event.id(), "ACKNOWLEDGED", "Its relay is another process");
    }

    @Test
    void kafkaDoesNotAnswer() {
        start("--spring.kafka.bootstrap-servers=localhost:1", "--outbox.relay.stuck-after=1s");
        EventEnvelope event = outbox.commit(outbox.event("A", "{}")).get(0);

        awaitMissing(event.id(), "ACKNOWLEDGED", "Its lane does not move: ");
    }

    @Test
    void kafkaRefusesItBecauseItIsTooLarge() {
        start();
        EventEnvelope event =
                outbox.commit(outbox.event("A", LimitedTopic.TOO_LARGE)).get(0);

        awaitMissing(event.id(), "LET_THROUGH", "max.message.bytes");
    }

    @Test
    void anEarlierEventOfItsKeyIsParked() {
        start();
        EventEnvelope event = outbox.commit(outbox.event("A", LimitedTopic.TOO_LARGE), outbox.event("A", "{}"))
                .get(1);

        awaitMissing(event.id(), "LET_THROUGH", "It waits behind an earlier event of its key");
    }

    @Test
    void itsTopicIsNotThere() {
        try (KafkaBroker broker =
                KafkaBroker.start(settings -> settings.setProperty("auto.create.topics.enable", "false"))) {
            start("--spring.kafka.bootstrap-servers=" + broker.bootstrapServers());
            EventEnvelope event = outbox.commit(outbox.eventFor("nowhere", "A")).get(0);

            awaitMissing(event.id(), "LET_THROUGH", "Its topic cannot be written to since ");
            stop();
            console = null;
        }
    }

    @Test
    void aPersonHasDiscardedIt() {
        start();
        EventEnvelope event = outbox.commit(
                        outbox.event("A", LimitedTopic.TOO_LARGE), outbox.event("A", LimitedTopic.TOO_LARGE))
                .get(0);
        awaitMissing(event.id(), "LET_THROUGH", "max.message.bytes");
        console().post("admin", "/outbox/api/parked/events/" + event.id() + "/discard", "{}");

        assertMissing(event.id(), "LET_THROUGH", "It was discarded and is never published.");
    }

    @Test
    void itIsToBeReleasedAndTheRelayHasStopped() {
        start();
        EventEnvelope event =
                outbox.commit(outbox.event("A", LimitedTopic.TOO_LARGE)).get(0);
        awaitMissing(event.id(), "LET_THROUGH", "max.message.bytes");
        stopRelay();
        leave();
        console().post("operator", "/outbox/api/parked/release", "{\"seen\":1}");

        assertMissing(event.id(), "OWNED", "No relay is running.");
    }

    @Test
    void nobodyReadsItsTopic() {
        start();
        EventEnvelope event = outbox.commit(outbox.event("A", "{}")).get(0);

        awaitMissing(
                event.id(), "CONSUMED", "No consumer group has ever read from partition 0 of topic " + outbox.topic());
        assertThat(step(event.id(), "ACKNOWLEDGED").at("/detail").asString())
                .startsWith("It is in topic %s, partition 0, at offset 0, since ".formatted(outbox.topic()));
    }

    @Test
    void itsConsumerHasStoppedBeforeIt() {
        start();
        List<EventEnvelope> events = outbox.commit(outbox.event("A", "{}"), outbox.event("A", "{}"));
        awaitMissing(events.get(1).id(), "CONSUMED", "No consumer group");
        String group = "inventory-" + UUID.randomUUID();
        consume(group, 1);

        assertThat(answer(events.get(0).id())).isEqualTo("It has been consumed by every group that reads its topic.");
        assertMissing(
                events.get(1).id(),
                "CONSUMED",
                "Group %s has not read it, and has no consumer now. Start one.".formatted(group));
    }

    @Test
    void itsTopicWasMadeAnew() {
        start();
        EventEnvelope event = outbox.commit(outbox.event("A", "{}")).get(0);
        awaitMissing(event.id(), "CONSUMED", "No consumer group");
        outbox.makeTopicAnew();

        awaitDetail(event.id(), "ACKNOWLEDGED", "Kafka has acknowledged it, and does not have it any more");
    }

    private void start(String... properties) {
        console = TestConsole.start(database, properties);
    }

    private TestConsole console() {
        return Objects.requireNonNull(console);
    }

    /** The console stays. */
    private void stopRelay() {
        console().stopRelay();
    }

    /** As after a relay that was killed, when its leases are over. */
    private void leave() {
        JdbcClient jdbc = JdbcClient.create(database.dataSource());
        jdbc.sql("update outbox_lane set owner = null, lease_until = null").update();
        jdbc.sql("delete from outbox_relay").update();
    }

    private void consume(String group, int records) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                TestBroker.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                records,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(outbox.topic()));
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> !consumer.poll(Duration.ofMillis(200)).isEmpty());
            consumer.commitSync();
        }
    }

    private void assertMissing(UUID event, String step, String detail) {
        JsonNode trail = trail(event);
        JsonNode first = first(trail);
        assertThat(first.at("/kind").asString()).as(trail.toPrettyString()).isEqualTo(step);
        assertThat(trail.at("/answer").asString())
                .contains(detail)
                .isEqualTo(first.at("/detail").asString());
    }

    private void awaitMissing(UUID event, String step, String detail) {
        Awaitility.await().atMost(Patience.LIMIT).until(() -> {
            JsonNode first = first(trail(event));
            return first.at("/kind").asString().equals(step)
                    && first.at("/detail").asString().contains(detail);
        });
    }

    private void awaitDetail(UUID event, String step, String detail) {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> step(event, step).at("/detail").asString().startsWith(detail));
    }

    private JsonNode step(UUID event, String kind) {
        return trail(event)
                .at("/steps")
                .valueStream()
                .filter(step -> step.at("/kind").asString().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private String answer(UUID event) {
        return trail(event).at("/answer").asString();
    }

    private JsonNode trail(UUID event) {
        return console().get("viewer", "/outbox/api/events/" + event + "/trail").json();
    }

    private static JsonNode first(JsonNode trail) {
        return trail.at("/steps")
                .valueStream()
                .filter(step -> !step.at("/state").asString().equals("DONE"))
                .findFirst()
                .orElseThrow();
    }
}
