package dev.outbox.embedded;

import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The replication slots of a database.
 *
 * @param dataSource connections to the database
 */
public record ReplicationSlots(DataSource dataSource) {

    private static final String CUT_OFF = """
            select pg_terminate_backend(active_pid) from pg_replication_slots where database = current_database()
            """;

    private static final String DROP = """
            select pg_drop_replication_slot(slot_name)
            from pg_replication_slots
            where database = current_database() and active_pid is null
            """;

    private static final String ARE_GONE = """
            select count(*) = 0 from pg_replication_slots where database = current_database()
            """;

    /** Cuts off whoever reads from them. */
    public void cutOff() {
        run(CUT_OFF);
    }

    /**
     * Cuts off whoever reads from them, and drops those that nobody reads from; a session that was cut off may take a moment
     * to end.
     *
     * @return whether none is left
     */
    public boolean drop() {
        cutOff();
        run(DROP);
        return areGone();
    }

    private void run(String sql) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private boolean areGone() {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(ARE_GONE)) {
            return result.next() && result.getBoolean(1);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static IllegalStateException failed(SQLException cause) {
        return new IllegalStateException("The replication slots cannot be dropped", cause);
    }
}
