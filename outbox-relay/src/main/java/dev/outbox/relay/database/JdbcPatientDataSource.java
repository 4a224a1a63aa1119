package dev.outbox.relay.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Lends connections of a pool that wait for ever; the pool makes them as they were when they come back. */
final class JdbcPatientDataSource extends DelegatingDataSource {

    JdbcPatientDataSource(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        connection.setNetworkTimeout(Runnable::run, 0);
        return connection;
    }
}
