package dev.outbox.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** What a superuser says to a database server, each on a connection of its own. */
record AdminStatements(String jdbcUrl, String user, String password) {

    void createDatabase(String name, String template) {
        run("create database " + quoted(name) + " template " + quoted(template));
    }

    void dropDatabase(String name) {
        run("drop database if exists " + quoted(name) + " with (force)");
    }

    boolean isAnswered() {
        try {
            execute("select 1");
            return true;
        } catch (SQLException e) {
            return false;
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
