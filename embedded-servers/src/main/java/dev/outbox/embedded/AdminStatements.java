package dev.outbox.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** What a superuser says to a database server, each on a connection of its own. */
record AdminStatements(String jdbcUrl, String user, String password) {

    void createDatabase(String name, String template) {
        run("create database " + quoted(name) + " template " + quoted(template));
    }

    void dropDatabase(String name) {
        run("drop database if exists " + quoted(name) + " with (force)");
    }

    /** {@return where the server has its data, if it answers} */
    Optional<Path> dataDirectory() {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("show data_directory")) {
            result.next();
            return Optional.of(Path.of(result.getString(1)));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private void run(String sql) {
        try {
            execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Failed: " + sql, e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
