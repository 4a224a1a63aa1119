package dev.outbox.internal.transaction;

import java.sql.Connection;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * For databases that set the isolation level of a connection, and not of a running transaction. MariaDB ends a session that is
 * silent within a transaction, if the session says so; the setting is taken back before the commit, because the pool may hand
 * the session to others.
 */
final class JdbcIsolatedTransaction implements BoundedTransaction {

    private static final String LIMIT_SILENCE = """
            set session idle_transaction_timeout = %d
            """;

    private static final String ALLOW_SILENCE = """
            set session idle_transaction_timeout = default
            """;

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final boolean limitsSilence;

    /** Whether the pool hands out connections in auto-commit mode; null until one has been checked. */
    private volatile @Nullable Boolean commitsByItself;

    JdbcIsolatedTransaction(DataSource dataSource, boolean limitsSilence) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        this.limitsSilence = limitsSilence;
    }

    @Override
    public <T> T execute(Duration silence, Supplier<T> statements) {
        return Objects.requireNonNull(transaction.execute(status ->
                limitsSilence && status.isNewTransaction() ? limited(silence, statements) : statements.get()));
    }

    @Override
    public <T> T single(Supplier<T> statement) {
        return commitsByItself() ? statement.get() : execute(statement);
    }

    private <T> T limited(Duration silence, Supplier<T> statements) {
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

    private boolean commitsByItself() {
        Boolean known = commitsByItself;
        if (known == null) {
            if (TransactionSynchronizationManager.hasResource(dataSource)) {
                return false;
            }
            known = Objects.requireNonNull(jdbc.execute((ConnectionCallback<Boolean>) Connection::getAutoCommit));
            commitsByItself = known;
        }
        return known;
    }
}
