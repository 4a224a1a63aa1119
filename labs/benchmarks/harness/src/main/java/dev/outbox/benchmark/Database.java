package dev.outbox.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One session of the harness. */
final class Database implements AutoCloseable {

    private final Connection connection;

    Database(String url, String user, String password) throws SQLException {
        this.connection = DriverManager.getConnection(url, user, password);
    }

    /** What follows is one transaction, which ends with the session. */
    void begin(int isolation) throws SQLException {
        connection.setTransactionIsolation(isolation);
        connection.setAutoCommit(false);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String text(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    long number(String query) throws SQLException {
        return Long.parseLong(text(query));
    }

    /** {@return settings by their names, each asked for by this query and its name} */
    Map<String, String> settings(String query, List<String> names) throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : names) {
            settings.put(name, text(query + name));
        }
        return settings;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
