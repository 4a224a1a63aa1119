package dev.outbox.internal.transaction;

import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * For databases that set the isolation level of a connection, and not of a running transaction. MariaDB ends a session that is
 * silent within a transaction, if the session says so; the setting is taken back when the transaction has ended, because the pool
 * may hand the session to others. Before the commit, a process that is stopped in between would keep its locks.
 */
final class JdbcIsolatedTransaction extends JdbcBoundedTransaction {

    private static final String LIMIT_SILENCE = """
            set session idle_transaction_timeout = %d
            """;

    private static final String ALLOW_SILENCE = """
            set session idle_transaction_timeout = default
            """;

    private final boolean limitsSilence;

    JdbcIsolatedTransaction(DataSource dataSource, boolean limitsSilence) {
        super(dataSource);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        this.limitsSilence = limitsSilence;
    }

    @Override
    <T> T begun(Duration silence, Supplier<T> statements) {
        if (!limitsSilence) {
            return statements.get();
        }
        // In whole seconds; 0 would mean no limit.
        jdbc.execute(LIMIT_SILENCE.formatted(Math.max(1, silence.toSeconds())));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                allowSilence();
            }
        });
        return statements.get();
    }

    private void allowSilence() {
        try {
            jdbc.execute(ALLOW_SILENCE);
        } catch (DataAccessException ended) {
            // The session is gone, and its setting with it.
        }
    }
}
