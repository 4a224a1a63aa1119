package dev.outbox.producer.internal.write;

import static dev.outbox.producer.internal.write.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A business transaction whose snapshot is older than the last event of its aggregate. Unless the server takes the snapshot
 * seriously, it counts on, and the order holds. If it does, the transaction fails, and is repeated like any other that fails so.
 */
class SnapshotIsolationOnMariaDbIT {

    @RegisterExtension
    static final MigratedDatabase database =
            MigratedDatabase.on(DatabaseKind.MARIADB, OutboxSchema.class).emptied("outbox_event", "outbox_key");

    private static final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @ParameterizedTest
    @CsvSource({"read committed, off", "read committed, on", "repeatable read, off"})
    void aWriterWithAnOlderSnapshotCountsOn(String level, String snapshotIsolation) throws SQLException {
        try (OutboxSession first = new OutboxSession(database.dataSource());
                OutboxSession second = new OutboxSession(database.dataSource())) {
            first.append(event("a", "a1")).commit();
            snapshot(second, level, snapshotIsolation);
            first.append(event("a", "a2")).commit();

            second.append(event("a", "a3")).commit();
        }
        assertInOrder("a1", "a2", "a3");
    }

    @Test
    void whereTheServerTakesItSeriouslyTheWriterFailsAndCanBeRepeated() throws SQLException {
        try (OutboxSession first = new OutboxSession(database.dataSource());
                OutboxSession second = new OutboxSession(database.dataSource())) {
            first.append(event("a", "a1")).commit();
            snapshot(second, "repeatable read", "on");
            first.append(event("a", "a2")).commit();

            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> second.append(event("a", "a3")))
                    .withMessageContaining("Record has changed since last read");
            second.rollback();
            second.append(event("a", "a3")).commit();
        }
        assertInOrder("a1", "a2", "a3");
    }

    private static void snapshot(OutboxSession session, String level, String snapshotIsolation) throws SQLException {
        session.execute("set session transaction isolation level " + level);
        session.execute("set session innodb_snapshot_isolation = " + snapshotIsolation);
        session.queryLong("select count(*) from outbox_event");
    }

    private static void assertInOrder(String... labels) {
        assertThat(jdbc.sql("select convert(payload using utf8mb4) from outbox_event order by seq")
                        .query(String.class)
                        .list())
                .containsExactly(labels);
        assertThat(jdbc.sql("select aggregate_seq from outbox_event order by seq")
                        .query(Long.class)
                        .list())
                .isEqualTo(List.of(1L, 2L, 3L));
    }
}
