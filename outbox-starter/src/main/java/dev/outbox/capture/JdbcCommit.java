package dev.outbox.capture;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Whether the commit of a transaction manager's transactions may be sent along with the last statement of a listener. It
 * may if nothing can be done in between: if the listener is the last, and the transaction manager of a class of Spring's own
 * that does no more in a commit than to call {@link java.sql.Connection#commit()}. One for JPA asks Hibernate, which asks
 * whoever has registered with it, such as Envers, so it is none of these; nor is a subclass, which may do anything.
 */
@FunctionalInterface
interface JdbcCommit {

    JdbcCommit SEPARATE = listener -> false;

    boolean isNextAfter(TransactionExecutionListener listener);

    static JdbcCommit of(ConfigurableTransactionManager transactionManager) {
        Class<?> type = transactionManager.getClass();
        return type == JdbcTransactionManager.class || type == DataSourceTransactionManager.class
                ? listener -> isLast(listener, transactionManager)
                : SEPARATE;
    }

    /** Asked at each commit, for one may be added at any time. */
    private static boolean isLast(TransactionExecutionListener listener, ConfigurableTransactionManager manager) {
        TransactionExecutionListener last = null;
        for (TransactionExecutionListener each : manager.getTransactionExecutionListeners()) {
            last = each;
        }
        return last == listener;
    }
}
