package dev.outbox.internal.transaction;

import dev.outbox.internal.setup.DatabaseProduct;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A transaction of several statements whose locks do not outlast the process that took them. If a process is stopped or cut off
 * between two statements, the server hears nothing from it and would keep its locks until the process comes back. So the
 * transaction tells the server, for this transaction only, to end the session after a period of silence.
 *
 * <p>Thread-safe.
 */
public interface BoundedTransaction {

    /**
     * Creates transactions at READ COMMITTED, whatever the database's default is: each statement has its own snapshot.
     *
     * @param dataSource a pool; the server may end its connections
     */
    static BoundedTransaction postgres(DataSource dataSource) {
        return new JdbcBoundedTransaction(dataSource);
    }

    /** {@return the same on any of our databases; MySQL and H2 do not end a silent session} */
    static BoundedTransaction on(DatabaseProduct product, DataSource dataSource) {
        return product == DatabaseProduct.POSTGRESQL
                ? postgres(dataSource)
                : new JdbcIsolatedTransaction(dataSource, product == DatabaseProduct.MARIADB);
    }

    /**
     * Runs statements as {@link #execute(Duration, Supplier)} does. The process may be silent for one second, because a garbage
     * collector may pause it; others that need the lock wait that long.
     */
    default <T> T execute(Supplier<T> statements) {
        return execute(Duration.ofSeconds(1), statements);
    }

    /**
     * Runs statements in their own transaction and commits it, or rolls it back if they throw. This works whether or not the
     * connections of the data source are in auto-commit mode. Within a transaction on that data source, the statements are part
     * of it.
     *
     * @param silence how long the process may be silent between two statements, with millisecond precision
     * @param statements must take its connections from the data source of this transaction
     * @return what the statements returned
     * @throws org.springframework.core.NestedRuntimeException a {@code DataAccessException} or {@code TransactionException} if
     *     the server has ended the session, or the transaction failed for another reason; nothing has changed, unless the
     *     commit was already on its way
     */
    <T> T execute(Duration silence, Supplier<T> statements);

    /**
     * Runs one statement and commits it. If the connections of the data source are in auto-commit mode, this takes one round
     * trip to the server; if they are not, the statement runs as in {@link #execute(Supplier)}. Within a transaction on the
     * data source, it is part of that transaction.
     *
     * @param statement one statement, on a connection from the data source
     * @return what it returned
     */
    <T> T single(Supplier<T> statement);
}
