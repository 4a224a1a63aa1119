package dev.outbox.producer.internal.wakeup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.internal.wakeup.CommitChannel;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcRelayNotificationIT {

    private static final int TIMEOUT_MILLIS = (int) Patience.LIMIT.toMillis();

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void isHeardByWhoListens() throws SQLException {
        try (Connection listening = listen();
                JdbcRelayNotification notification = new JdbcRelayNotification(database.dataSource())) {
            notification.send();
            assertThat(heard(listening)).extracting(PGNotification::getName).contains(CommitChannel.NAME);
        }
    }

    @Test
    void connectsAnewWhenTheConnectionWasLost() throws SQLException {
        try (Connection listening = listen();
                JdbcRelayNotification notification = new JdbcRelayNotification(database.dataSource())) {
            notification.send();
            heard(listening);
            cutWhoNotified();
            assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(notification::send);
            notification.send();
            assertThat(heard(listening)).isNotEmpty();
        }
    }

    /** A session ends some time after it was told to. */
    private void cutWhoNotified() {
        await().atMost(Patience.LIMIT)
                .until(() -> jdbc.sql("""
                        select pg_terminate_backend(pid) from pg_stat_activity
                        where datname = current_database() and query ilike 'notify%'
                        """).query().listOfRows().isEmpty());
    }

    private Connection listen() throws SQLException {
        Connection connection = database.dataSource().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + CommitChannel.NAME);
        }
        return connection;
    }

    private static PGNotification[] heard(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getNotifications(TIMEOUT_MILLIS);
    }
}
