package dev.outbox.internal.setup;

import dev.outbox.internal.failure.Causes;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The databases that the outbox works on. */
public enum DatabaseProduct {

    /** Since pg_current_snapshot, which is used to read events in the order of their commits. */
    POSTGRESQL("PostgreSQL", 13, 0, "postgresql"),
    MARIADB("MariaDB", 10, 6, "mariadb"),
    /** Since checks are enforced, with a collation that does not ignore spaces. */
    MYSQL("MySQL", 8, 0, "mariadb"),
    /** For development and tests. */
    H2("H2", 2, 2, "h2");

    private static final String OFF =
            "set outbox.enabled=false, in the profile or the test that uses it: the service starts"
                    + " without the outbox then, drops its events with a warning, and handles none.";

    private final String title;
    private final int oldestMajor;
    private final int oldestMinor;
    private final String migrations;

    DatabaseProduct(String title, int oldestMajor, int oldestMinor, String migrations) {
        this.title = title;
        this.oldestMajor = oldestMajor;
        this.oldestMinor = oldestMinor;
        this.migrations = migrations;
    }

    /**
     * {@return the database behind a DataSource}
     *
     * @throws OutboxSetupException if it is another one, is too old, or cannot be reached
     */
    public static DatabaseProduct of(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return of(connection.getMetaData());
        } catch (SQLException unreachable) {
            throw new OutboxSetupException(
                    "The database of the outbox cannot be reached: %s".formatted(Causes.messageOfRoot(unreachable)),
                    "Check the settings of its DataSource, such as spring.datasource.url; or " + OFF,
                    unreachable);
        }
    }

    /** {@return the database behind a DataSource; nothing if it is another one, or cannot be reached} */
    public static Optional<DatabaseProduct> find(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return named(connection.getMetaData());
        } catch (SQLException unreachable) {
            return Optional.empty();
        }
    }

    /** {@return the database of a connection; nothing if it is another one} */
    public static Optional<DatabaseProduct> find(Connection connection) throws SQLException {
        return named(connection.getMetaData());
    }

    /** {@return whether events stay in the table when they are published, and are read by snapshots and transaction ids} */
    public boolean keepsPublished() {
        return this == POSTGRESQL;
    }

    /** {@return whether a database has schemas; if not, the JDBC URL alone says where the tables are} */
    public boolean hasSchemas() {
        return this == POSTGRESQL || this == H2;
    }

    /**
     * Requires that the tables are where the JDBC URL says, if nothing else can be.
     *
     * @param schemas what the service or the relay is told about schemas
     * @throws OutboxSetupException if it is told something that cannot be
     */
    public void requireNoSchema(List<String> schemas) {
        if (!hasSchemas() && !schemas.isEmpty()) {
            throw new OutboxSetupException(
                    "The tables of the outbox cannot be in %s, because on %s a schema is a database, which the JDBC URL chooses"
                            .formatted(String.join(", ", schemas), title),
                    "Remove outbox.schema.name, outbox.schema.names and OutboxSchemaResolver, and name the database in"
                            + " spring.datasource.url.");
        }
    }

    /** {@return the folder of its migrations, below {@code dev/outbox/db}} */
    public String migrations() {
        return migrations;
    }

    /**
     * {@return the time of the server in UTC, whatever the time zone of a session is, as an expression in statements}
     *
     * @throws IllegalStateException on PostgreSQL, whose statements are not shared with other databases
     */
    public String now() {
        return switch (this) {
            case POSTGRESQL -> throw new IllegalStateException("PostgreSQL has statements of its own");
            case MARIADB, MYSQL -> "utc_timestamp(6)";
            case H2 ->
                "timestampadd(microsecond, cast(extract(epoch from current_timestamp(6)) * 1000000 as bigint),"
                        + " timestamp '1970-01-01 00:00:00')";
        };
    }

    /** {@return the name by which people know it} */
    public String title() {
        return title;
    }

    private static DatabaseProduct of(DatabaseMetaData server) throws SQLException {
        String name = server.getDatabaseProductName();
        DatabaseProduct product = named(server)
                .orElseThrow(() -> new OutboxSetupException(
                        "The outbox does not work on %s, and its DataSource is on it".formatted(name),
                        "Configure a DataSource on %s; or ".formatted(supported()) + OFF));
        product.requireVersion(server);
        return product;
    }

    /** MySQL's driver takes MariaDB for MySQL, and shows the difference in the version. */
    private static Optional<DatabaseProduct> named(DatabaseMetaData server) throws SQLException {
        return switch (server.getDatabaseProductName()) {
            case "PostgreSQL", "EnterpriseDB" -> Optional.of(POSTGRESQL);
            case "MariaDB" -> Optional.of(MARIADB);
            case "MySQL" -> Optional.of(server.getDatabaseProductVersion().contains("MariaDB") ? MARIADB : MYSQL);
            case "H2" -> Optional.of(H2);
            default -> Optional.empty();
        };
    }

    private void requireVersion(DatabaseMetaData server) throws SQLException {
        int major = server.getDatabaseMajorVersion();
        int minor = server.getDatabaseMinorVersion();
        if (major < oldestMajor || (major == oldestMajor && minor < oldestMinor)) {
            throw new OutboxSetupException(
                    "The outbox needs %s or later, but its DataSource is on %s"
                            .formatted(oldest(), server.getDatabaseProductVersion()),
                    "Upgrade the database to a version that docs/compatibility.md lists; or " + OFF);
        }
    }

    private String oldest() {
        return oldestMinor == 0
                ? "%s %d".formatted(title, oldestMajor)
                : "%s %d.%d".formatted(title, oldestMajor, oldestMinor);
    }

    private static String supported() {
        return Arrays.stream(values())
                .filter(product -> product != H2)
                .map(DatabaseProduct::oldest)
                .collect(Collectors.joining(", ", "", " or later; for development and tests, H2"));
    }
}
