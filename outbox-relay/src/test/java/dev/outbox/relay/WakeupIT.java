package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.internal.wakeup.CommitChannel;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A relay that would poll in ten minutes. */
class WakeupIT {

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final JdbcClient outside = JdbcClient.create(database.fromOutside());
    private final String name =
            jdbc.sql("select current_database()").query(String.class).single();
    private final String topic = "wakeup-" + UUID.randomUUID();

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void aNotificationOfAnotherProcessWakesTheRelay() throws SQLException {
        try (TestRelay relay = start();
                TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic)) {
            commitAndNotify(1);
            reader.untilEvents(1);
            commitAndNotify(2);
            reader.untilEvents(3);
            assertThat(relay.monitor().trouble()).isEmpty();
        }
    }

    @Test
    void itIsHeardAgainAfterTheConnectionWasCut() throws SQLException {
        try (TestRelay relay = start();
                TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic);
                OutboxTransaction missed = new OutboxTransaction(database.dataSource())) {
            missed.append(event(topic, "a"));
            assertThat(listening()).isOne();
            // So that it cannot listen again before that is committed.
            allowConnections(false);
            outside.sql(
                            "select pg_terminate_backend(pid) from pg_stat_activity where datname = :name and query = :listen")
                    .param("name", name)
                    .param("listen", "listen " + CommitChannel.NAME)
                    .query()
                    .listOfRows();
            missed.commit();
            allowConnections(true);
            reader.untilEvents(1);
            assertThat(relay.monitor().trouble()).isEmpty();
        }
    }

    private TestRelay start() {
        TestRelay relay = TestRelay.start(
                database, TestBroker.bootstrapServers(), "poll.max-interval=10m", "lease.ttl=10m", "stuck-after=10m");
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> relay.monitor().readAgo().isPresent() && listening() == 1);
        return relay;
    }

    private void allowConnections(boolean allowed) {
        outside.sql("alter database %s allow_connections %s".formatted(name, allowed))
                .update();
    }

    private int listening() {
        return jdbc.sql("select count(*) from pg_stat_activity where datname = current_database() and query = :listen")
                .param("listen", "listen " + CommitChannel.NAME)
                .query(Integer.class)
                .single();
    }

    private void commitAndNotify(int events) throws SQLException {
        for (int i = 0; i < events; i++) {
            OutboxTransaction.commit(database.dataSource(), List.of(event(topic, "a")));
        }
        jdbc.sql("notify " + CommitChannel.NAME).update();
    }
}
