package dev.outbox.consumer.internal.failure;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Asks the database of the inbox, on one of the service's own connections. Thread-safe. */
public final class DatabaseProbe implements ServerProbe {

    private static final int SECONDS = 5;

    private final DataSource dataSource;

    /**
     * @param dataSource where the inbox gets its connections
     */
    public DatabaseProbe(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public boolean answers() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(SECONDS);
        } catch (SQLException | RuntimeException away) {
            return false;
        }
    }
}
