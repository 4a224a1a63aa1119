package dev.outbox.producer.internal.write;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Whether the commit of a transaction manager's transactions may be sent together with the last statement of a listener. It may
 * if nothing can happen in between: the listener is the last one, and the class of the transaction manager is one of Spring's
 * own whose commit does no more than call {@link java.sql.Connection#commit()}. A transaction manager for JPA is not one of
 * these, because it calls Hibernate, which calls everything that has registered with it, such as Envers. Nor is a subclass,
 * which may do anything.
 */
@FunctionalInterface
public interface JdbcCommit {

    JdbcCommit SEPARATE = listener -> false;

    boolean isNextAfter(TransactionExecutionListener listener);

    static JdbcCommit of(ConfigurableTransactionManager transactionManager) {
        Class<?> type = transactionManager.getClass();
        return type == JdbcTransactionManager.class || type == DataSourceTransactionManager.class
                ? listener -> isLast(listener, transactionManager)
                : SEPARATE;
    }

    /** Checked at each commit, because a listener may be added at any time. */
    private static boolean isLast(TransactionExecutionListener listener, ConfigurableTransactionManager manager) {
        TransactionExecutionListener last = null;
        for (TransactionExecutionListener each : manager.getTransactionExecutionListeners()) {
            last = each;
        }
        return last == listener;
    }
}
