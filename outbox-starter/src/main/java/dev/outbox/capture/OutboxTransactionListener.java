package dev.outbox.capture;

import dev.outbox.store.CommitHint;
import dev.outbox.store.OutboxWriter;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.function.SingletonSupplier;

/**
 * Takes part in every transaction on the DataSource of the outbox.
 *
 * <ol>
 *   <li>When a transaction begins, an empty {@link CapturedEvents} is bound to it.
 *   <li>Events raised in it are added there, already serialised.
 *   <li>When it is about to commit, after every {@code beforeCommit} and {@code beforeCompletion} callback, whose events
 *       are so included, the persistence context is flushed: the aggregates are now changed, and locked, in the database.
 *       A flush may raise events itself, so it is repeated until it raises no more.
 *   <li>All events are written by one statement, those of aggregates that count for themselves by another. It draws their
 *       order while the aggregates are locked.
 *   <li>The transaction commits, and the relay of this process, if any, is told.
 * </ol>
 *
 * <p>An exception in steps 3 and 4 rolls the transaction back.
 */
final class OutboxTransactionListener implements TransactionExecutionListener {

    private final DataSource dataSource;
    private final OutboxWriter writer;
    private final PersistenceFlush flush;
    private final Supplier<List<CommitHint>> hints;

    OutboxTransactionListener(
            DataSource dataSource, OutboxWriter writer, PersistenceFlush flush, ObjectProvider<CommitHint> hints) {
        this.dataSource = dataSource;
        this.writer = writer;
        this.flush = flush;
        // Looked up late, for who gives a hint may be made after this, and once: a lookup costs more than a commit.
        this.hints = SingletonSupplier.of(() -> hints.orderedStream().toList());
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
        if (beginFailure == null && concernsOutbox() && CapturedEvents.current() == null) {
            CapturedEvents.bindTo(transaction, this::giveHints);
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
        captured.writeTo(writer);
    }

    private boolean concernsOutbox() {
        return TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.hasResource(dataSource);
    }

    private void giveHints() {
        hints.get().forEach(CommitHint::committed);
    }
}
