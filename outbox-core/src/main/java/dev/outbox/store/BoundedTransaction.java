package dev.outbox.store;

import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A transaction of several statements whose locks do not outlast the process that took them. Of a process that is stopped
 * between two statements, or cut off, the server would hear nothing and keep its locks until it comes back; so the server
 * is told, in the transaction and for it alone, to end the session after a silence.
 *
 * <p>Thread-safe.
 */
public interface BoundedTransaction {

    /**
     * Transactions at READ COMMITTED, whatever the database's default is: each statement has a snapshot of its own.
     *
     * @param dataSource a pool, whose connections the server may end
     */
    static BoundedTransaction postgres(DataSource dataSource) {
        return new JdbcBoundedTransaction(dataSource);
    }

    /**
     * Runs statements as {@link #execute(Duration, Supplier)} does. The process may be silent for a second: a garbage
     * collector may pause it, and whoever wants the lock waits.
     */
    default <T> T execute(Supplier<T> statements) {
        return execute(Duration.ofSeconds(1), statements);
    }

    /**
     * Runs statements in a transaction of their own and commits it, or rolls it back if they throw; whether or not the
     * connections of the data source commit by themselves. Within a transaction on that data source, they are part of it.
     *
     * @param silence for how long the process may be silent between two statements, to the millisecond
     * @param statements takes its connections from the data source of this transaction
     * @return what the statements returned
     * @throws org.springframework.core.NestedRuntimeException a {@code DataAccessException} or {@code TransactionException} if
     *     the server has ended the session, or the transaction failed otherwise; nothing is changed unless the commit was
     *     on its way
     */
    <T> T execute(Duration silence, Supplier<T> statements);

    /**
     * Runs one statement and commits it. Where the connections of the data source commit by themselves, that is one way to
     * the server; where they do not, the statement is run as {@link #execute(Supplier)} does. Within a transaction on the
     * data source, it is part of that.
     *
     * @param statement one statement, on a connection from the data source
     * @return what it returned
     */
    <T> T single(Supplier<T> statement);
}
