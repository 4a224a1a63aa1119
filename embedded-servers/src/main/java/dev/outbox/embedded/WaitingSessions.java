package dev.outbox.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The sessions of a test's database that wait for a lock: the signal that a second transaction has met the first one. */
public final class WaitingSessions {

    private static final String POSTGRESQL = """
            select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'
            """;

    private static final String MARIADB = """
            select count(*) from information_schema.innodb_trx
                join information_schema.processlist on id = trx_mysql_thread_id
            where db = database() and trx_state = 'LOCK WAIT'
            """;

    /** It names no blocker while it waits for a key that is being inserted; no other statement runs for long. */
    private static final String H2 = """
            select count(*) from information_schema.sessions
            where executing_statement is not null and session_id <> session_id()
            """;

    private WaitingSessions() {}

    /** {@return how many wait now} */
    public static long of(DatabaseKind kind, MigratedDatabase database) {
        return of(kind, database.dataSource());
    }

    /** {@return how many wait now in the database of a DataSource} */
    public static long of(DatabaseKind kind, DataSource dataSource) {
        String count = switch (kind) {
            case POSTGRESQL -> POSTGRESQL;
            case MARIADB -> MARIADB;
            case H2 -> H2;
        };
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(count)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
