package dev.outbox.internal.datasource;

import javax.sql.DataSource;
import org.springframework.transaction.TransactionManager;

/**
 * The DataSource on which a transaction manager works: the one under which it binds the connection of a transaction to the
 * thread. Code that needs to know whether two transaction managers work on the same connection uses this interface. Immutable.
 */
public interface ManagedDataSource {

    /** {@return what a transaction manager works on} */
    static ManagedDataSource of(TransactionManager manager) {
        return JdbcManagedDataSource.of(manager);
    }

    /** {@return whether the transaction manager does not say which DataSource it uses, such as one for JTA} */
    boolean isUnknown();

    /**
     * {@return whether its transactions are on connections of the given DataSource} A transaction-aware proxy counts as its
     * target; any other proxy, such as a lazy one, counts as a different DataSource.
     */
    boolean is(DataSource other);

    /**
     * {@return whether it uses a connection that is already bound to the given DataSource as its own} If another JDBC
     * transaction manager bound the connection, it joins that transaction. If JPA bound it, it begins a transaction on the
     * connection, and commits it.
     */
    boolean takesOver(DataSource other);

    /** {@return whether a transaction that the other manager begins inside one of this manager is the same transaction} */
    boolean isJoinedBy(ManagedDataSource other);
}
