package dev.outbox.devservices.internal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A PostgreSQL server that runs, and its superuser, who creates and drops databases, each time on a connection of its own.
 *
 * @param user the superuser
 */
public record DatabaseServer(String host, int port, String user, String password) {

    /** {@return where a database of this server is} */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }

    /** Creates an empty database. */
    public void createDatabase(String name) {
        createDatabase(name, "template1");
    }

    /** Creates a database as a copy of another one, to which nobody may be connected. */
    public void createDatabase(String name, String template) {
        run("create database " + quoted(name) + " template " + quoted(template));
    }

    /** Creates an empty database if there is none of this name; not safe against others who do the same at this moment. */
    public void createDatabaseIfMissing(String name) {
        if (!exists(name)) {
            createDatabase(name);
        }
    }

    /** Drops a database, if it exists, and cuts the connections that it still has. */
    public void dropDatabase(String name) {
        run("drop database if exists " + quoted(name) + " with (force)");
    }

    /** {@return where the server has its data, if it answers} */
    Optional<Path> dataDirectory() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("show data_directory")) {
            result.next();
            return Optional.of(Path.of(result.getString(1)));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private boolean exists(String name) {
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement("select 1 from pg_database where datname = ?")) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot ask whether there is a database " + name, e);
        }
    }

    private void run(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Failed: " + sql, e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl("postgres"), user, password);
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
