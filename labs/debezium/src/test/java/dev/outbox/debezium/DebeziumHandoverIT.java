package dev.outbox.debezium;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.ReplicationSlots;
import dev.outbox.event.EventHeaders;
import dev.outbox.relay.debezium.DebeziumConnector;
import dev.outbox.relay.internal.replication.EngineMonitor;
import dev.outbox.schema.OutboxSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the relay to Debezium and back, under load. */
class DebeziumHandoverIT {

    private final String topic = "handover-" + UUID.randomUUID();

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    @TempDir
    Path directory;

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final DebeziumConnector connector = RunningDebezium.connector(database);
    private final ReplicationSlots slots = new ReplicationSlots(database.dataSource());
    private final Map<String, ConsumerRecord<byte[], byte[]>> records = new LinkedHashMap<>();

    @AfterEach
    void dropTheSlot() {
        Awaitility.await().atMost(Patience.LIMIT).until(slots::drop);
    }

    @Test
    @SuppressWarnings("try") // the relay that polls ends in the middle
    void nothingIsLostAndTheOrderIsKept() throws Exception {
        try (Topics read = Topics.create(List.of(topic));
                Writers load = new Writers(database.dataSource(), topic)) {
            try (ConfigurableApplicationContext polls = shop("poll")) {
                read.read(records, 500, () -> {});
                Handover.prepare(jdbc, connector);
                read.read(records, records.size() + 500, () -> {});
                try (RunningDebezium debezium = debezium(Map.of())) {
                    read.read(records, records.size() + 500, debezium::assertRunning);
                    polls.close();
                    try (ConfigurableApplicationContext follows = shop("debezium")) {
                        Awaitility.await().atMost(Patience.LIMIT).until(() -> isFollowing(follows));
                        read.read(records, records.size() + 500, debezium::assertRunning);
                        int events = load.stop();
                        read.read(records, events, debezium::assertRunning);
                        Awaitility.await().atMost(Patience.LIMIT).until(this::isAllPublished);
                    }
                }
            }
            int before = records.size();
            try (ConfigurableApplicationContext polls = shop("poll")) {
                assertThat(slots.drop()).isTrue();
                int events = load.commit();
                read.read(records, before + events, () -> {});
                assertThat(polls.isRunning()).isTrue();
            }
        }
        assertInOrder();
    }

    /** The server would keep its WAL, and a relay that follows would keep its events, until there are more of them. */
    @Test
    void theSlotMovesOnWhileThereAreNoEvents() throws Exception {
        Handover.prepare(jdbc, connector);
        try (RunningDebezium debezium = debezium(Map.of("heartbeat.interval.ms", "100"))) {
            jdbc.sql("create table other as select generate_series(1, 1000) as number")
                    .update();
            String end = jdbc.sql("select pg_current_wal_insert_lsn()::text")
                    .query(String.class)
                    .single();
            Awaitility.await().atMost(Patience.LIMIT).until(() -> {
                debezium.assertRunning();
                return jdbc.sql(
                                "select confirmed_flush_lsn >= cast(:end as pg_lsn) from pg_replication_slots where slot_name = :slot")
                        .param("end", end)
                        .param("slot", connector.config().get("slot.name"))
                        .query(Boolean.class)
                        .single();
            });
        }
    }

    private static boolean isFollowing(ConfigurableApplicationContext relay) {
        return relay.getBeansOfType(EngineMonitor.class).values().stream()
                .allMatch(engine -> "debezium".equals(engine.details().get("publishes")));
    }

    /** What decides whether a slot of the outbox may be truncated. */
    private boolean isAllPublished() {
        return jdbc.sql(
                        "select bool_and(split_part(position, ':', 1)::bigint > (select max(xid) from outbox_event)) from outbox_lane")
                .query(Boolean.class)
                .single();
    }

    private void assertInOrder() {
        Map<String, List<Long>> sequences = new HashMap<>();
        records.values()
                .forEach(record -> sequences
                        .computeIfAbsent(new String(record.key(), UTF_8), key -> new ArrayList<>())
                        .add(Long.valueOf(new String(
                                record.headers()
                                        .lastHeader(EventHeaders.SEQUENCE)
                                        .value(),
                                UTF_8))));
        assertThat(sequences.values())
                .allSatisfy(found -> assertThat(found)
                        .isEqualTo(
                                LongStream.rangeClosed(1, found.size()).boxed().toList()));
    }

    private RunningDebezium debezium(Map<String, String> changed) {
        return RunningDebezium.start(database, directory.resolve("offsets"), changed);
    }

    private ConfigurableApplicationContext shop(String engine) {
        return Shop.start(
                database,
                "--outbox.relay.engine=" + engine,
                "--outbox.relay.debezium.heartbeat=50ms",
                // A position is saved with the lease, if there is nothing to send.
                "--outbox.relay.lease.ttl=6s");
    }
}
