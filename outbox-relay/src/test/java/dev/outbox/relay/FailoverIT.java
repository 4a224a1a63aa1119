package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.devservices.internal.PostgresServer;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.schema.OutboxSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A real standby is promoted while a relay runs, and lacks what the primary has committed and published last. */
class FailoverIT {

    private static final int EVENTS = 100;
    private static final int KEYS = 10;
    private static final String DATABASE = "outbox";

    @TempDir
    Path directory;

    private final String topic = "failover-" + UUID.randomUUID();

    @Test
    @SuppressWarnings("try") // the primary ends in the middle
    void whatThePromotedStandbyHasIsPublishedUnderItsOwnPosition() throws Exception {
        int primaryPort = preparePrimary();
        prepareStandby(primaryPort);
        try (PostgresServer standby = PostgresServer.start(directory.resolve("standby"), 0);
                TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic)) {
            try (PostgresServer primary = PostgresServer.start(directory.resolve("primary"), primaryPort);
                    TestRelay relay = startRelay(primary, standby)) {
                JdbcClient onPrimary = JdbcClient.create(dataSource(primary));
                JdbcClient onStandby = JdbcClient.create(dataSource(standby));
                relay.awaitOwner();
                long epoch = relay.monitor().status().epoch();
                commit(primary);
                reader.untilEvents(EVENTS);
                Awaitility.await()
                        .atMost(Patience.LIMIT)
                        .until(() -> position(onPrimary).equals(position(onStandby)) && count(onStandby) == EVENTS);

                cutOff(onStandby, onPrimary);
                commit(primary);
                reader.untilEvents(2 * EVENTS);
                // The relay is ahead of what the standby knows, in memory and by what it has saved.
                Awaitility.await()
                        .atMost(Patience.LIMIT)
                        .until(() -> !position(onPrimary).equals(position(onStandby)));
                primary.close();
                onStandby.sql("select pg_promote()").query().listOfRows();
                // Their transactions have the ids of those that the standby has not seen.
                commit(standby);

                reader.untilEvents(3 * EVENTS);
                assertThat(relay.monitor().status().epoch())
                        .as("the lane was acquired anew")
                        .isGreaterThan(epoch);
                assertThat(onStandby
                                .sql("select history = outbox_history() from outbox_lane")
                                .query(Boolean.class)
                                .single())
                        .isTrue();
                assertPublishedInOrder(onStandby, reader);
            }
        }
    }

    /** Makes the tables, and leaves the server stopped: what is copied then is whole. */
    private int preparePrimary() {
        try (PostgresServer primary = PostgresServer.start(directory.resolve("primary"), 0)) {
            primary.createDatabase(DATABASE);
            new OutboxSchema(dataSource(primary)).afterPropertiesSet();
            return primary.port();
        }
    }

    private void prepareStandby(int primaryPort) throws IOException {
        Path from = directory.resolve("primary/data");
        Path to = directory.resolve("standby/data");
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> copy(file, to.resolve(from.relativize(file))));
        }
        Files.createFile(to.resolve("standby.signal"));
        Files.writeString(
                to.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost port=%d user=postgres password=postgres'%n".formatted(primaryPort),
                StandardOpenOption.APPEND);
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void cutOff(JdbcClient standby, JdbcClient primary) {
        standby.sql("alter system set primary_conninfo = ''").update();
        standby.sql("select pg_reload_conf()").query().listOfRows();
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> primary.sql("select count(*) = 0 from pg_stat_replication"
                                + " where application_name not like 'outbox-tail%'")
                        .query(Boolean.class)
                        .single());
    }

    private TestRelay startRelay(PostgresServer primary, PostgresServer standby) {
        return TestRelay.startAt(
                "jdbc:postgresql://localhost:%d,localhost:%d/%s?targetServerType=primary&hostRecheckSeconds=0"
                        .formatted(primary.port(), standby.port(), DATABASE),
                primary.user(),
                primary.password(),
                TestBroker.bootstrapServers(),
                "backoff.max=500ms",
                "lease.ttl=5s",
                "engine=" + engine());
    }

    String engine() {
        return "poll";
    }

    private void commit(PostgresServer server) throws SQLException {
        for (int i = 0; i < EVENTS; i++) {
            OutboxTransaction.commit(dataSource(server), List.of(event(topic, "aggregate-" + i % KEYS)));
        }
    }

    /** Each event that the server has is on the topic, first occurrences of each key in order. */
    private static void assertPublishedInOrder(JdbcClient server, TopicReader reader) {
        Map<String, List<String>> committed = new HashMap<>();
        server.sql("select aggregateid, id::text from outbox_event order by seq")
                .query(row -> {
                    committed
                            .computeIfAbsent(row.getString(1), key -> new ArrayList<>())
                            .add(row.getString(2));
                });
        assertThat(committed.values().stream().mapToInt(List::size).sum()).isEqualTo(2 * EVENTS);
        List<String> published = List.copyOf(reader.ids());
        committed.forEach((key, ids) -> assertThat(published).as(key).containsSubsequence(ids));
    }

    private static String position(JdbcClient server) {
        return server.sql("select coalesce(position, '') from outbox_lane")
                .query(String.class)
                .single();
    }

    private static int count(JdbcClient server) {
        return server.sql("select count(*) from outbox_event")
                .query(Integer.class)
                .single();
    }

    private static DataSource dataSource(PostgresServer server) {
        return new DriverManagerDataSource(server.jdbcUrl(DATABASE), server.user(), server.password());
    }
}
