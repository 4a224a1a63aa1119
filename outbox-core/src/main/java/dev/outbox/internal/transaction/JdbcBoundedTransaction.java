package dev.outbox.internal.transaction;

import java.sql.Connection;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sets the isolation level and the timeout before anything is locked, in one round trip to the server, and for the transaction
 * only: a setting of the session would reach other transactions if a pooler shares the session between them. Databases that
 * begin differently override {@link #begun}.
 */
class JdbcBoundedTransaction implements BoundedTransaction {

    private static final String BEGIN = """
            set transaction isolation level read committed; set local idle_in_transaction_session_timeout = %d
            """;

    private final DataSource dataSource;
    final JdbcTemplate jdbc;
    final TransactionTemplate transaction;

    /** Whether the pool hands out connections in auto-commit mode; null until one has been checked. */
    private volatile @Nullable Boolean commitsByItself;

    JdbcBoundedTransaction(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Override
    public final <T> T execute(Duration silence, Supplier<T> statements) {
        return Objects.requireNonNull(transaction.execute(
                status -> status.isNewTransaction() ? begun(silence, statements) : statements.get()));
    }

    /** Runs the statements of a transaction that has just begun. */
    <T> T begun(Duration silence, Supplier<T> statements) {
        // Not 0, which would mean no timeout.
        jdbc.execute(BEGIN.formatted(Math.max(1, silence.toMillis())));
        return statements.get();
    }

    @Override
    public final <T> T single(Supplier<T> statement) {
        return commitsByItself() ? statement.get() : execute(statement);
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
