package dev.outbox.relay.internal.log;

import static dev.outbox.producer.internal.write.Events.event;
import static dev.outbox.relay.internal.log.Reads.AMPLE;
import static dev.outbox.relay.internal.log.Reads.LANE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.devservices.internal.PostgresServer;
import dev.outbox.devservices.internal.PostgresServer.Shutdown;
import dev.outbox.producer.internal.write.OutboxSession;
import dev.outbox.schema.OutboxSchema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A server that crashes forgets transactions whose WAL was not on disk, and gives their ids to others. None of its
 * background processes writes the WAL here, so that it forgets as much as can be.
 */
class CrashedServerIT {

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void anEventWhoseTransactionHasAnIdThatWasGivenOutBeforeTheCrashIsRead() throws SQLException {
        Map<String, String> settings = Map.of("fsync", "on", "wal_writer_delay", "10s", "autovacuum", "off");
        try (PostgresServer server = PostgresServer.start(directory, 0, settings)) {
            DriverManagerDataSource database =
                    new DriverManagerDataSource(server.jdbcUrl("postgres"), server.user(), server.password());
            new OutboxSchema(database).afterPropertiesSet();
            OutboxLog log = OutboxLog.postgres(database);

            Awaitility.await().forever().until(() -> {
                Position before = now(database);
                long forgotten = rollBackUnflushed(database);
                Position position = log.read(LANE, before, AMPLE).end();
                server.restart(Shutdown.IMMEDIATE);

                try (OutboxSession session = new OutboxSession(database)) {
                    session.append(event("a", "after the crash"));
                    boolean isGivenAnew = xid(session) == forgotten;
                    session.commit();
                    assertThat(log.read(LANE, position, AMPLE).rows()).hasSize(1);
                    session.execute("truncate outbox_event, outbox_key");
                    session.commit();
                    return isGivenAnew;
                }
            });
        }
    }

    private static Position now(DataSource database) {
        return Position.parse(JdbcClient.create(database)
                .sql("select pg_current_snapshot()::text")
                .query(String.class)
                .single());
    }

    private static long rollBackUnflushed(DataSource database) throws SQLException {
        try (OutboxSession session = new OutboxSession(database)) {
            session.append(event("a", "before the crash"));
            long xid = xid(session);
            session.rollback();
            return xid;
        }
    }

    private static long xid(OutboxSession session) throws SQLException {
        return session.queryLong("select pg_current_xact_id()::text::bigint");
    }
}
