package dev.outbox.internal.setup;

import dev.outbox.internal.failure.Causes;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/** What the outbox and inbox tables require of a database. */
public final class PostgresDatabase {

    private static final Set<String> PRODUCTS = Set.of("PostgreSQL", "EnterpriseDB");

    /** The first version with pg_current_snapshot, which is used to read events in the order of their commits. */
    private static final int OLDEST = 13;

    private static final String OFF =
            "set outbox.enabled=false, in the profile or the test that uses it: the service starts"
                    + " without the outbox then, drops its events with a warning, and handles none.";

    private PostgresDatabase() {}

    /**
     * Checks the database behind a DataSource.
     *
     * @throws OutboxSetupException if it is not PostgreSQL, is too old, or cannot be reached
     */
    public static void require(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            require(connection.getMetaData());
        } catch (SQLException unreachable) {
            throw new OutboxSetupException(
                    "The database of the outbox cannot be reached: %s".formatted(Causes.messageOfRoot(unreachable)),
                    "Check the settings of its DataSource, such as spring.datasource.url; or " + OFF,
                    unreachable);
        }
    }

    /** {@return whether it is PostgreSQL; also false if it cannot be reached} */
    public static boolean is(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return PRODUCTS.contains(connection.getMetaData().getDatabaseProductName());
        } catch (SQLException unreachable) {
            return false;
        }
    }

    private static void require(DatabaseMetaData server) throws SQLException {
        String product = server.getDatabaseProductName();
        if (!PRODUCTS.contains(product)) {
            throw new OutboxSetupException(
                    "The outbox needs PostgreSQL, but its DataSource is on %s".formatted(product),
                    "Configure a DataSource on PostgreSQL; or " + OFF);
        }
        if (server.getDatabaseMajorVersion() < OLDEST) {
            throw new OutboxSetupException(
                    "The outbox needs PostgreSQL %d or later, but its DataSource is on %s"
                            .formatted(OLDEST, server.getDatabaseProductVersion()),
                    "Upgrade the database to a version that docs/compatibility.md lists; or " + OFF);
        }
    }
}
