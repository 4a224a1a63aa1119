package dev.outbox.sample.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The database of one service, to be read from. */
record ServiceDatabase(String jdbcUrl, String user, String password) {

    long count(String sql) {
        return query(sql, result -> {
            result.next();
            return result.getLong(1);
        });
    }

    /** {@return the first column} */
    Set<String> texts(String sql) {
        return Set.copyOf(pairs(sql).keySet());
    }

    /** {@return the first column as key, the last as value} */
    Map<String, String> pairs(String sql) {
        return query(sql, result -> {
            int last = result.getMetaData().getColumnCount();
            Map<String, String> pairs = new LinkedHashMap<>();
            while (result.next()) {
                pairs.put(result.getString(1), result.getString(last));
            }
            return pairs;
        });
    }

    private <T> T query(String sql, Reading<T> reading) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return reading.read(result);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read " + jdbcUrl + ": " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Reading<T> {

        T read(ResultSet result) throws SQLException;
    }
}
