package dev.outbox.capture;

import dev.outbox.store.OutboxWriter;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes part in every transaction of a transaction manager that is on the DataSource of the outbox.
 *
 * <ol>
 *   <li>When a transaction begins, an empty {@link CapturedEvents} is bound to it.
 *   <li>Events raised in it are added there, already serialised.
 *   <li>When it is about to commit, after every {@code beforeCommit} and {@code beforeCompletion} callback, whose events
 *       are so included, the persistence context is flushed: the aggregates are now changed, and locked, in the database.
 *       A flush may raise events itself, so it is repeated until it raises no more.
 *   <li>All events are written by one statement, those of aggregates that count for themselves by another. It draws their
 *       order while the aggregates are locked.
 *   <li>The transaction commits, where {@link JdbcCommit} finds nothing in between already with the last of these
 *       statements, and the relay of this process, if any, is told.
 * </ol>
 *
 * <p>An exception in steps 3 and 4 rolls the transaction back.
 */
final class OutboxTransactionListener implements TransactionExecutionListener {

    private final DataSource dataSource;
    private final PersistenceFlush flush;
    private final OutboxWriter writer;
    private final OutboxWriter committingWriter;
    private final JdbcCommit commit;
    private final Runnable afterCommit;

    OutboxTransactionListener(
            DataSource dataSource,
            PersistenceFlush flush,
            OutboxWriter writer,
            JdbcCommit commit,
            Runnable afterCommit) {
        this.dataSource = dataSource;
        this.flush = flush;
        this.writer = writer;
        this.committingWriter = writer.committing();
        this.commit = commit;
        this.afterCommit = afterCommit;
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
        if (beginFailure == null && concernsOutbox() && CapturedEvents.current() == null) {
            CapturedEvents.bindTo(transaction, afterCommit);
        }
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        CapturedEvents captured = CapturedEvents.current();
        // A savepoint that is released, or a transaction of another manager inside ours, commits nothing of ours.
        if (captured == null || !captured.belongsTo(transaction) || transaction.isRollbackOnly()) {
            return;
        }
        int before;
        do {
            before = captured.size();
            flush.flush();
        } while (captured.size() > before);
        captured.close();
        captured.writeTo(writer, commit.isNextAfter(this) ? committingWriter : writer);
    }

    private boolean concernsOutbox() {
        return TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.hasResource(dataSource);
    }
}
