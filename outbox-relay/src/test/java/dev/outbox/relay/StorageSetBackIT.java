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
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * The storage of the server is set back while the relay lives on, as by a snapshot of its volume: the server has the same
 * identity and the same timeline, and gives out again the ids of transactions that the relay knows.
 */
class StorageSetBackIT {

    private static final String DATABASE = "service";
    private static final int EVENTS = 40;

    @TempDir
    Path directory;

    private final String topic = "set-back-" + UUID.randomUUID();
    private int events;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void whatIsCommittedAfterwardsIsPublishedThoughItsTransactionsHaveIdsThatTheRelayKnows() throws Exception {
        int port = prepare();
        try (TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic)) {
            PostgresServer server = PostgresServer.start(data(), port);
            try (TestRelay relay = startRelay(server)) {
                relay.awaitOwner();
                commit(server, EVENTS);
                reader.untilEvents(events);
                String known = untilSaved(server);
                server.close();

                setBack();
                // As many transactions again, and some more, before the relay finds the server.
                try (PostgresServer elsewhere = PostgresServer.start(data(), 0)) {
                    commit(elsewhere, 2 * EVENTS);
                    assertThat(next(elsewhere)).isGreaterThan(xmax(known));
                }
                server = PostgresServer.start(data(), port);
                commit(server, EVENTS);

                reader.untilEvents(events);
                List<String> committed = JdbcClient.create(dataSource(server))
                        .sql("select id::text from outbox_event order by seq")
                        .query(String.class)
                        .list();
                assertThat(reader.ids()).containsAll(committed);
            } finally {
                server.close();
            }
        }
    }

    private Path data() {
        return directory.resolve("server");
    }

    private Path backup() {
        return directory.resolve("backup");
    }

    /** Makes the tables and a copy of the storage, of a server that is stopped. */
    private int prepare() {
        int port;
        try (PostgresServer server = PostgresServer.start(data(), 0)) {
            server.createDatabase(DATABASE);
            new OutboxSchema(dataSource(server)).afterPropertiesSet();
            port = server.port();
        }
        copy(data(), backup());
        return port;
    }

    private void setBack() throws IOException {
        FileSystemUtils.deleteRecursively(data());
        copy(backup(), data());
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestRelay startRelay(PostgresServer server) {
        return TestRelay.startAt(
                server.jdbcUrl(DATABASE),
                server.user(),
                server.password(),
                TestBroker.bootstrapServers(),
                "backoff.max=500ms",
                "lease.save-interval=100ms");
    }

    private void commit(PostgresServer server, int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            OutboxTransaction.commit(dataSource(server), List.of(event(topic, "aggregate-" + i)));
        }
        events += count;
    }

    /** Waits until the durable position lies behind all that was committed. */
    private static String untilSaved(PostgresServer server) {
        JdbcClient jdbc = JdbcClient.create(dataSource(server));
        // Not the next id there is: the relay takes some for its lease, and saves what it has read past only minutes
        // later.
        long last = jdbc.sql("select max(xmin::text::bigint) from outbox_event")
                .query(Long.class)
                .single();
        return Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(
                        () -> jdbc.sql("select coalesce(position, '1:1:') from outbox_lane")
                                .query(String.class)
                                .single(),
                        position -> xmax(position) > last);
    }

    private static long xmax(String position) {
        return Long.parseLong(position.split(":", -1)[1]);
    }

    private static long next(PostgresServer server) {
        return JdbcClient.create(dataSource(server))
                .sql("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
                .query(Long.class)
                .single();
    }

    private static DataSource dataSource(PostgresServer server) {
        return new DriverManagerDataSource(server.jdbcUrl(DATABASE), server.user(), server.password());
    }
}
