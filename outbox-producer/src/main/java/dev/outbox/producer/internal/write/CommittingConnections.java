package dev.outbox.producer.internal.write;

import java.sql.Connection;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionManager;

/**
 * Connections that write the {@linkplain PendingEvents pending events} of their transaction in {@link Connection#commit()}:
 * after everything else that the transaction does, and together with the commit.
 *
 * <p>Only transaction managers and persistence units get such connections. The DataSource of the service stays what it is, and
 * everything else finds the connection of a transaction under it, as ever.
 */
public interface CommittingConnections {

    /**
     * {@return a DataSource with such connections}
     *
     * @param connections where they come from
     * @param boundTo as whose connections they are bound to transactions: the same DataSource, or the one behind it
     * @param failure what the commit throws if the database refuses the events, or the commit that goes along
     */
    static DataSource of(DataSource connections, DataSource boundTo, Function<DataAccessException, Exception> failure) {
        return JdbcCommittingConnections.of(connections, boundTo, failure);
    }

    /**
     * Lets a transaction manager for JDBC begin its transactions on such connections, if it works on the given DataSource. One
     * for JPA uses those of its persistence unit.
     */
    static void install(TransactionManager manager, DataSource dataSource) {
        JdbcCommittingConnections.install(manager, dataSource);
    }

    /**
     * {@return whether the current transaction has such a connection} If not, its events must be written before the commit.
     *
     * @param dataSource the one to which the connection is bound
     * @throws org.springframework.transaction.TransactionTimedOutException if the transaction has lasted too long, while its
     *     caller can still be told that it is rolled back
     */
    static boolean isBound(DataSource dataSource) {
        return JdbcCommittingConnections.isBound(dataSource);
    }

    /** {@return whether the connection is that of the current transaction} */
    static boolean isBound(DataSource dataSource, Connection connection) {
        return JdbcCommittingConnections.isBound(dataSource, connection);
    }

    /** {@return whether the connection of the current transaction is marked to be rolled back} */
    static boolean isRollbackOnly(DataSource dataSource) {
        return JdbcCommittingConnections.isRollbackOnly(dataSource);
    }
}
