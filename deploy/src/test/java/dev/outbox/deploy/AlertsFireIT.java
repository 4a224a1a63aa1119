package dev.outbox.deploy;

import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.deploy.WatchedService.Handlers;
import dev.outbox.devservices.internal.KafkaBroker;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.ReplicationSlots;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.event.AggregateRef;
import dev.outbox.relay.parking.ParkedEvents;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Alerts, fired by real faults and resolved by their end: a real Prometheus reads a real service. The expressions are those that
 * are deployed, with thresholds and periods of seconds.
 */
@EnabledIfSystemProperty(
        named = "outbox.test.alerts",
        matches = "true",
        disabledReason = "It takes minutes, and Prometheus on the PATH: -Doutbox.test.alerts=true runs it")
class AlertsFireIT {

    private static final String TOPIC = "outbox.event.Place";

    /** Larger than what the relay's producer sends. */
    private static final String TOO_LARGE = "x".repeat(1_200_000);

    private static final int MANY = 300;

    @TempDir
    private Path folder;

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final String name =
            jdbc.sql("select current_database()").query(String.class).single();
    private final int port = freePort();
    private final KafkaBroker broker =
            KafkaBroker.start(settings -> settings.setProperty("auto.create.topics.enable", "false"));
    private Prometheus prometheus;
    private WatchedService service;

    @BeforeEach
    void start() throws IOException {
        createTopic();
        service = service();
        prometheus = Prometheus.start(folder, impatient(), freePort(), port);
        service.visit("Rome");
        awaitHandled(1);
        prometheus.awaitScraped();
    }

    @AfterEach
    void stop() {
        prometheus.close();
        service.close();
        broker.close();
        ReplicationSlots slots = new ReplicationSlots(database.dataSource());
        Awaitility.await().atMost(Patience.LIMIT).until(slots::drop);
        database.close();
    }

    @Test
    void theBrokerIsKilled() {
        broker.kill();
        service.visit("Rome");
        prometheus.awaitFiring("OutboxPendingTooOld");
        broker.restart();
        prometheus.awaitQuiet("OutboxPendingTooOld");
    }

    @Test
    void theOnlyRelayEnds() {
        service.close();
        prometheus.awaitFiring("OutboxNoRelay");
        service = service();
        prometheus.awaitQuiet("OutboxNoRelay");
    }

    @Test
    void aRelayThatShouldTakeTheLaneDoesNot() {
        jdbc.sql("""
                        insert into outbox_relay (relay, lanes, joined_at, lease_until)
                        values ('idle', 1, clock_timestamp() - interval '1 hour', clock_timestamp() + interval '1 hour')
                        """).update();
        prometheus.awaitFiring("OutboxLaneUnowned");
        jdbc.sql("delete from outbox_relay where relay = 'idle'").update();
        prometheus.awaitQuiet("OutboxLaneUnowned");
    }

    @Test
    void theDatabaseRefusesConnections() throws Exception {
        JdbcClient outside = JdbcClient.create(database.fromOutside());
        outside.sql("alter database %s allow_connections false".formatted(name)).update();
        outside.sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = :name")
                .param("name", name)
                .query()
                .listOfRows();
        sendFromElsewhere();
        prometheus.awaitFiring("OutboxWaitingForDatabase", "OutboxInboxWaiting");
        outside.sql("alter database %s allow_connections true".formatted(name)).update();
        prometheus.awaitQuiet("OutboxWaitingForDatabase", "OutboxInboxWaiting");
        awaitHandled(2);
    }

    @Test
    void aStandbyThatHasToConfirmIsNotThere() {
        restart("outbox.relay.durability.standbys=gone");
        service.visit("Rome");
        prometheus.awaitFiring("OutboxWaitingForDurability");
        restart();
        prometheus.awaitQuiet("OutboxWaitingForDurability");
    }

    @Test
    void theTopicIsDeleted() throws Exception {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(TOPIC)).all().get();
        }
        service.visit("Rome");
        prometheus.awaitFiring("OutboxTopicHeld");
        createTopic();
        prometheus.awaitQuiet("OutboxTopicHeld");
    }

    @Test
    void kafkaRefusesEventsOfSeveralAggregates() {
        List<String> places = List.of("Paris", "Prague", "Porto", "Pisa");
        places.forEach(place -> service.visit(place, TOO_LARGE));
        prometheus.awaitFiring("OutboxParkedTooLong", "OutboxParkingStorm");
        places.forEach(place -> service.bean(ParkedEvents.class).discard(new AggregateRef("Place", place)));
        prometheus.awaitQuiet("OutboxParkedTooLong", "OutboxParkingStorm");
    }

    @Test
    void anotherRelayHadTheLaneMeanwhile() {
        jdbc.sql("update outbox_lane set epoch = epoch + 1").update();
        prometheus.awaitFiring("OutboxRelayFenced");
        prometheus.awaitQuiet("OutboxRelayFenced");
    }

    @Test
    void theReplicationSlotIsMissing() {
        restart("outbox.relay.engine=tail", "outbox.relay.tail.create-slot=false");
        prometheus.awaitFiring("OutboxReplicationSlotLost");
        jdbc.sql("select pg_create_logical_replication_slot(:slot, 'pgoutput')")
                .param("slot", "outbox_" + name)
                .query()
                .listOfRows();
        prometheus.awaitQuiet("OutboxReplicationSlotLost");
    }

    @Test
    void theServerKeepsWhatIsNotPublished() {
        restart("outbox.relay.engine=tail");
        prometheus.awaitQuiet("OutboxRetainedWalTooLarge");
        broker.kill();
        List.of("Paris", "Prague", "Porto", "Pisa").forEach(place -> service.visit(place, incompressible()));
        prometheus.awaitFiring("OutboxRetainedWalTooLarge");
        broker.restart();
        awaitHandled(4);
        // It logs which transactions run, up to which the relay may confirm.
        jdbc.sql("checkpoint").update();
        prometheus.awaitQuiet("OutboxRetainedWalTooLarge");
    }

    @Test
    void aReaderKeepsASlotFromBeingEmptied() throws Exception {
        jdbc.sql("""
                        alter table outbox_event
                        alter column slot set default floor(extract(epoch from now()) / 15)::bigint % 4
                        """).update();
        restart("outbox.relay.retention.keep=0s", "outbox.relay.retention.interval=500ms");
        try (Connection reader = database.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            service.visit("Rome");
            statement.execute("lock table outbox_event in access share mode");
            prometheus.awaitFiring("OutboxSlotHeadroomLow");
            reader.commit();
            prometheus.awaitQuiet("OutboxSlotHeadroomLow");
        }
    }

    @Test
    void aConsumerIsTooSlow() {
        restart("spring.kafka.consumer.max-poll-records=1");
        Semaphore permits = new Semaphore(0);
        service.bean(Handlers.class).permits = permits;
        IntStream.range(0, MANY).forEach(i -> service.visit("Rome"));
        // How far it is behind, it learns when it fetches.
        await(() -> {
            permits.release();
            return prometheus.isFiring("OutboxInboxLagging");
        });
        permits.release(MANY);
        prometheus.awaitQuiet("OutboxInboxLagging");
    }

    @Test
    void aHandlerFailsWithEventsOfSeveralKeys() {
        service.bean(Handlers.class).failing = true;
        Stream.of("Paris", "Prague", "Porto", "Pisa").forEach(service::visit);
        prometheus.awaitFiring("OutboxInboxParkedTooLong", "OutboxInboxParkingStorm");
        service.bean(Handlers.class).failing = false;
        service.bean(ParkedInboxEvents.class).releaseAll();
        prometheus.awaitQuiet("OutboxInboxParkedTooLong", "OutboxInboxParkingStorm");
    }

    @Test
    void theProducersDatabaseHasLostACommit() {
        service.visit("Rome");
        awaitHandled(2);
        jdbc.sql("update outbox_key set last_seq = last_seq - 1 where aggregateid = 'Rome'")
                .update();
        service.visit("Rome");
        prometheus.awaitFiring("OutboxInboxFork");
        service.bean(ParkedInboxEvents.class).releaseAll();
        prometheus.awaitQuiet("OutboxInboxFork");
    }

    /** Periods and thresholds of seconds, instead of minutes; a day stays one. */
    private Path impatient() throws IOException {
        String rules = Project.read(AlertRule.FILE)
                .replaceAll("for: \\d+m", "for: 1s")
                .replaceAll("\\[\\d+[mh]]", "[20s]")
                .replaceAll("> (30|60|900)\\b", "> 3")
                .replaceAll("> 20\\b", "> 2")
                .replace("< 3600", "< 10")
                .replace("> 5 * 1024 ^ 3", "> 1024 ^ 2")
                .replace("> 10000", "> " + MANY / 3);
        return Files.writeString(folder.resolve("alerts.yaml"), rules);
    }

    private WatchedService service(String... properties) {
        Stream<String> settings = Stream.of(
                "server.port=" + port,
                "spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                // No busy machine lets it expire: only what a test does costs the relay its lane.
                "outbox.relay.lease.ttl=5m",
                "outbox.capture.max-payload-size=2MB",
                "outbox.inbox.failure.attempts=1",
                "outbox.inbox.consumers.counting.guard=aggregate-sequence");
        return WatchedService.start(
                database, Stream.concat(settings, Stream.of(properties)).toArray(String[]::new));
    }

    private void restart(String... properties) {
        service.close();
        service = service(properties);
    }

    /** What the server cannot make smaller. */
    private static String incompressible() {
        return new Random(1)
                .ints(500_000, 'A', 'z')
                .filter(Character::isLetter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** An event that a relay of another service has published. */
    private void sendFromElsewhere() throws Exception {
        ProducerRecord<String, String> record =
                new ProducerRecord<>(TOPIC, "Oslo", "{\"place\":\"Oslo\",\"diary\":\"\"}");
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "from-elsewhere",
                        "ce_source", "/elsewhere",
                        "ce_type", "Visited",
                        "ce_subject", "Oslo",
                        "ce_sequence", "1",
                        "content-type", "application/json")
                .forEach((header, value) -> record.headers().add(header, value.getBytes(StandardCharsets.UTF_8)));
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(record).get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    /** A topic that is being deleted is in the way for a moment. */
    private void createTopic() {
        try (Admin admin = admin()) {
            await(() -> {
                try {
                    admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
                            .all()
                            .get();
                    return true;
                } catch (Exception stillThere) {
                    return false;
                }
            });
        }
    }

    private void awaitHandled(int events) {
        await(() -> Stream.of("watched", "watched.counting")
                .allMatch(consumer -> Scrape.of(service.scrape())
                                .value("outbox_inbox_records_total{outcome=\"handled\", consumer=\"%s\"}"
                                        .formatted(consumer))
                        == events));
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Patience.LIMIT).until(condition::getAsBoolean);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
