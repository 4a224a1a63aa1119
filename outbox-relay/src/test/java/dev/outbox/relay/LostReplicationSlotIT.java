package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.outbox.devservices.internal.PostgresServer;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.relay.internal.tail.TailStream;
import dev.outbox.schema.OutboxSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The server gives up the replication slot while no relay reads from it: to keep less WAL, or because it is idle. */
class LostReplicationSlotIT {

    private static final String DATABASE = "outbox";
    private static final String SLOT = "outbox_" + DATABASE;

    /** More than the server keeps. */
    private static final int SEGMENTS = 6;

    @TempDir
    private Path directory;

    private final String topic = "lost-" + UUID.randomUUID();
    private PostgresServer server;
    private JdbcClient jdbc;
    private TopicReader reader;

    @BeforeEach
    void startServer() {
        server = PostgresServer.start(
                directory, 0, Map.of("max_slot_wal_keep_size", "1MB", "min_wal_size", "32MB", "max_wal_size", "32MB"));
        server.createDatabase(DATABASE);
        new OutboxSchema(dataSource()).afterPropertiesSet();
        jdbc = JdbcClient.create(dataSource());
        reader = new TopicReader(TestBroker.bootstrapServers(), topic);
    }

    @AfterEach
    void stopServer() {
        reader.close();
        server.close();
    }

    @Test
    void itIsCreatedAgainAndNothingIsLost() throws Exception {
        try (TestRelay relay = start()) {
            relay.awaitTail();
            commit("before");
            reader.untilEvents(1);
        }
        commit("before");
        loseSlot();
        commit("meanwhile");
        try (TestRelay relay = start()) {
            relay.awaitTail();
            reader.untilEvents(3);
            commit("before");
            reader.untilEvents(4);
        }
        assertThat(walStatus()).isNotEqualTo("lost");
        reader.assertFirstOccurrencesInOrder();
    }

    @Test
    void theRelayPollsAndSaysWhatToDoIfItMayNotCreateIt() throws Exception {
        jdbc.sql("select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(SLOT))
                .query()
                .listOfRows();
        loseSlot();
        try (TestRelay relay = start("tail.create-slot=false")) {
            relay.awaitOwner();
            commit("a");
            reader.untilEvents(1);
            assertThat(relay.bean(TailStream.class).isFollowed()).isFalse();
            assertThat(relay.bean(RelayHealthIndicator.class)
                            .health()
                            .getDetails()
                            .get("tail"))
                    .asString()
                    .contains("poll", SLOT, "pg_drop_replication_slot", "walStatus=lost");

            jdbc.sql("select pg_drop_replication_slot('%s')".formatted(SLOT))
                    .query()
                    .listOfRows();
            jdbc.sql("select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(SLOT))
                    .query()
                    .listOfRows();
            relay.awaitTail();
            commit("a");
            reader.untilEvents(2);
        }
        reader.assertFirstOccurrencesInOrder();
    }

    /** From PostgreSQL 18 on. Idle is a replication slot from which nobody reads; a checkpoint notices it. */
    @Test
    void oneThatWasIdleForTooLongIsCreatedAgainAndNothingIsLost() throws Exception {
        int version = jdbc.sql("select current_setting('server_version_num')::integer")
                .query(Integer.class)
                .single();
        assumeThat(version).isGreaterThanOrEqualTo(180_000);
        jdbc.sql("alter system set idle_replication_slot_timeout = '1s'").update();
        jdbc.sql("select pg_reload_conf()").query().listOfRows();
        try (TestRelay relay = start()) {
            relay.awaitTail();
            commit("before");
            reader.untilEvents(1);
        }
        commit("before");
        Awaitility.await().atMost(Patience.LIMIT).until(() -> {
            jdbc.sql("checkpoint").update();
            return walStatus().equals("lost");
        });
        commit("meanwhile");
        try (TestRelay relay = start()) {
            relay.awaitTail();
            reader.untilEvents(3);
            commit("before");
            reader.untilEvents(4);
            jdbc.sql("checkpoint").update();
            assertThat(walStatus()).isNotEqualTo("lost");
        }
        reader.assertFirstOccurrencesInOrder();
    }

    /** Each step begins another segment of the WAL; a checkpoint removes those that the server need not keep. */
    private void loseSlot() {
        Awaitility.await().atMost(Patience.LIMIT).until(() -> {
            for (int i = 0; i < SEGMENTS; i++) {
                jdbc.sql("select pg_logical_emit_message(false, 'filler', 'x')")
                        .query()
                        .listOfRows();
                jdbc.sql("select pg_switch_wal()").query().listOfRows();
            }
            jdbc.sql("checkpoint").update();
            return walStatus().equals("lost");
        });
    }

    private String walStatus() {
        return jdbc.sql("select wal_status from pg_replication_slots where slot_name = :slot")
                .param("slot", SLOT)
                .query(String.class)
                .single();
    }

    private void commit(String aggregate) throws Exception {
        OutboxTransaction.commit(dataSource(), List.of(event(topic, aggregate)));
    }

    private TestRelay start(String... properties) {
        return TestRelay.startAt(
                server.jdbcUrl(DATABASE),
                server.user(),
                server.password(),
                TestBroker.bootstrapServers(),
                Stream.concat(Stream.of("engine=tail"), Stream.of(properties)).toArray(String[]::new));
    }

    private DataSource dataSource() {
        return new DriverManagerDataSource(server.jdbcUrl(DATABASE), server.user(), server.password());
    }
}
