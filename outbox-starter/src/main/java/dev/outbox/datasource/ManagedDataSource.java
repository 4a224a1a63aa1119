package dev.outbox.datasource;

import javax.sql.DataSource;
import org.springframework.transaction.TransactionManager;

/**
 * On which DataSource a transaction manager works: under which it binds the connection of a transaction to the thread. Whoever
 * asks whether two work on the same connection asks here. Immutable.
 */
public interface ManagedDataSource {

    /** {@return what a transaction manager works on} */
    static ManagedDataSource of(TransactionManager manager) {
        return JdbcManagedDataSource.of(manager);
    }

    /** {@return whether the transaction manager does not say, as one of JTA} */
    boolean isUnknown();

    /**
     * {@return whether its transactions are on connections of the given DataSource} One that is aware of transactions is the
     * same as its target; any other proxy, such as a lazy one, is another.
     */
    boolean is(DataSource other);

    /**
     * {@return whether it takes a connection that is bound to the given DataSource already as its own: one of another
     * transaction manager for JDBC to join its transaction, but one of JPA to begin a transaction on it, and commit it}
     */
    boolean takesOver(DataSource other);

    /** {@return whether a transaction of the other one, begun inside one of this one, is the same transaction} */
    boolean isJoinedBy(ManagedDataSource other);
}
