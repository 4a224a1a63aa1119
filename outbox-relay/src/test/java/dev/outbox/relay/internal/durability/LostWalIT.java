package dev.outbox.relay.internal.durability;

import static dev.outbox.producer.internal.write.Events.event;
import static dev.outbox.relay.internal.log.Reads.AMPLE;
import static dev.outbox.relay.internal.log.Reads.LANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.devservices.internal.PostgresServer;
import dev.outbox.devservices.internal.PostgresServer.Shutdown;
import dev.outbox.embedded.Patience;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.relay.internal.log.LaneLostException;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.schema.OutboxSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The server crashes after events were read and before it was asked whether they are on its disk, and comes back without
 * them. Its WAL grows past the place where they were.
 */
class LostWalIT {

    private static final String DATABASE = "outbox";

    @TempDir
    private Path directory;

    private PostgresServer server;
    private DataSource dataSource;
    private JdbcClient jdbc;

    @BeforeEach
    void startServer() {
        // The server writes commits that do not wait for the disk later than any test lasts.
        server = PostgresServer.start(directory, 0, Map.of("wal_writer_delay", "10s"));
        server.createDatabase(DATABASE);
        dataSource = new DriverManagerDataSource(server.jdbcUrl(DATABASE), server.user(), server.password());
        jdbc = JdbcClient.create(dataSource);
        new OutboxSchema(dataSource).afterPropertiesSet();
        jdbc.sql("update outbox_lane set epoch = 1, history = outbox_history()").update();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void anEventIsNotTakenForStoredBecauseAnotherRunHasWrittenThatFar() throws SQLException {
        String wal = commitUnflushed();
        AtomicInteger statements = new AtomicInteger();
        DataSource crashing = new DelegatingDataSource(dataSource) {
            @Override
            public Connection getConnection() throws SQLException {
                if (statements.incrementAndGet() == 2) {
                    server.restart(Shutdown.IMMEDIATE);
                    writeBeyond(wal);
                }
                return super.getConnection();
            }
        };

        assertThatExceptionOfType(LaneLostException.class)
                .isThrownBy(() -> OutboxLog.postgres(crashing).read(LANE, Position.START, AMPLE));

        assertThat(jdbc.sql("select count(*) from outbox_event")
                        .query(Integer.class)
                        .single())
                .as("events that are left")
                .isZero();
    }

    /** {@return the end of the WAL after an event whose commit is not on disk} */
    private String commitUnflushed() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            SingleConnectionDataSource session = new SingleConnectionDataSource(connection, true);
            JdbcClient.create(session).sql("set synchronous_commit = off").update();
            connection.setAutoCommit(false);
            OutboxWriter.postgres(session).append(List.of(event("a", "a")));
            connection.commit();
            return JdbcClient.create(session)
                    .sql("select pg_current_wal_insert_lsn()::text")
                    .query(String.class)
                    .single();
        }
    }

    private void writeBeyond(String wal) {
        jdbc.sql("create table other (id int)").update();
        Awaitility.await().atMost(Patience.LIMIT).until(() -> {
            jdbc.sql("insert into other select * from generate_series(1, 1000)").update();
            return jdbc.sql("select pg_current_wal_flush_lsn() > cast(? as pg_lsn)")
                    .param(wal)
                    .query(Boolean.class)
                    .single();
        });
    }
}
