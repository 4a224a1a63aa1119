package dev.outbox.store;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Sets the bound before anything is locked. */
final class JdbcBoundedTransaction implements BoundedTransaction {

    private static final String END_WHEN_SILENT = """
            select set_config('idle_in_transaction_session_timeout', :millis, true)
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    JdbcBoundedTransaction(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    @Override
    public <T> T execute(Duration silence, Supplier<T> statements) {
        return Objects.requireNonNull(transaction.execute(status -> {
            endWhenSilentFor(silence);
            return statements.get();
        }));
    }

    private void endWhenSilentFor(Duration silence) {
        // Not 0, which would be for ever.
        String millis = Long.toString(Math.max(1, silence.toMillis()));
        jdbc.sql(END_WHEN_SILENT).param("millis", millis).query(String.class).single();
    }
}
