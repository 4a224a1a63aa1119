package dev.outbox.internal.transaction;

import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionDefinition;

/**
 * For databases that set the isolation level of a connection, and not of a running transaction. MariaDB ends a session that is
 * silent within a transaction, if the session says so; the setting is taken back before the commit, because the pool may hand
 * the session to others.
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
        try {
            return statements.get();
        } finally {
            allowSilence();
        }
    }

    private void allowSilence() {
        try {
            jdbc.execute(ALLOW_SILENCE);
        } catch (DataAccessException ended) {
            // The session is gone, and its setting with it; the commit will say so.
        }
    }
}
