package dev.outbox.producer.internal.write;

import dev.outbox.internal.datasource.ManagedDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.core.InfrastructureProxy;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where the connections come from, and where they are found. */
final class JdbcCommittingConnections {

    private JdbcCommittingConnections() {}

    static DataSource of(DataSource connections, DataSource boundTo, Function<DataAccessException, Exception> failure) {
        return connections instanceof CommittingDataSource
                ? connections
                : new CommittingDataSource(connections, boundTo, failure);
    }

    static void install(TransactionManager manager, DataSource dataSource) {
        if (manager instanceof DataSourceTransactionManager jdbc) {
            DataSource connections = jdbc.getDataSource();
            if (connections != null && ManagedDataSource.of(manager).is(dataSource)) {
                jdbc.setDataSource(of(connections, dataSource, refused -> refused));
            }
        }
    }

    static boolean isBound(DataSource dataSource) {
        if (TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder) {
            if (holder.hasTimeout()) {
                holder.getTimeToLiveInMillis();
            }
            return JdbcCommittingConnection.is(holder.getConnection());
        }
        return false;
    }

    static boolean isBound(DataSource dataSource, Connection connection) {
        return TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder
                && holder.getConnection() == connection;
    }

    static boolean isRollbackOnly(DataSource dataSource) {
        return TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder
                && holder.isRollbackOnly();
    }

    /** To Spring, it is the same resource as the DataSource to which its connections are bound. */
    private static final class CommittingDataSource extends DelegatingDataSource implements InfrastructureProxy {

        private final DataSource boundTo;
        private final Function<DataAccessException, Exception> failure;

        CommittingDataSource(
                DataSource connections, DataSource boundTo, Function<DataAccessException, Exception> failure) {
            super(connections);
            this.boundTo = boundTo;
            this.failure = failure;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return JdbcCommittingConnection.of(super.getConnection(), failure);
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return JdbcCommittingConnection.of(super.getConnection(username, password), failure);
        }

        @Override
        public Object getWrappedObject() {
            return boundTo;
        }
    }
}
