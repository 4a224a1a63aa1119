package dev.outbox.eventstore.internal.projection;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A session whose transactions begin and end when a test says so. */
public final class Session implements AutoCloseable {

    private final Connection connection;
    private final JdbcClient jdbc;

    public Session(DataSource dataSource) throws SQLException {
        this.connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Takes the transaction id, before anything is locked. */
    public void takeId() {
        jdbc.sql("select pg_current_xact_id()::text").query(String.class).single();
    }

    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
