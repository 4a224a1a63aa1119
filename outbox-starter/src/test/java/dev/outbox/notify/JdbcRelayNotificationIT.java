package dev.outbox.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.embedded.TestDatabase;
import dev.outbox.store.CommitChannel;
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

    private static final int TIMEOUT_MILLIS = 30_000;

    private final TestDatabase database = TestDatabase.create();

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
            JdbcClient.create(database.dataSource()).sql("""
                            select pg_terminate_backend(pid) from pg_stat_activity
                            where datname = current_database() and query ilike 'notify%'
                            """).query().listOfRows();
            assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(notification::send);
            notification.send();
            assertThat(heard(listening)).isNotEmpty();
        }
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
