package dev.outbox.producer;

import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.datasource.ManagedDataSource;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.producer.internal.metrics.CaptureMeters;
import dev.outbox.producer.internal.persistence.PersistenceFlush;
import dev.outbox.producer.internal.write.CommittingConnections;
import dev.outbox.producer.internal.write.OutboxWriter;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes part in every transaction of a transaction manager that is on the DataSource of the outbox.
 *
 * <ol>
 *   <li>When a transaction begins and binds a connection of that DataSource, an empty {@link CapturedEvents} is bound to it. If
 *     the connection was bound before, it belongs to an outer transaction: the events of the inner one are refused, because
 *     they would be committed or rolled back with the outer one.
 *   <li>Events that are raised in the transaction are added there, already serialised.
 *   <li>When the transaction is about to commit, the listener flushes what the commit would flush of the persistence context.
 *     This happens after every {@code beforeCommit} and {@code beforeCompletion} callback, so their events are included. The
 *     aggregates are now changed, and locked, in the database. A flush may raise events itself, so it is repeated until it
 *     raises no more. If configured, the events that entities have registered are published with it.
 *   <li>One statement writes all events, except those of aggregates that count their own events, which another statement
 *     writes. Their order is assigned while the aggregates are locked. It is the connection that does this, when it is told to
 *     commit and nothing else is left to do, and the transaction commits together with the last of these statements. If the
 *     connection cannot, the events are written now, and the transaction commits after that ({@link LastWrite}).
 *   <li>The relay of this process, if there is one, is notified, and the events are counted.
 * </ol>
 *
 * <p>An exception in step 3 or 4 rolls the transaction back.
 */
final class OutboxTransactionListener implements TransactionExecutionListener, EarlyWrite {

    private final TransactionManager manager;
    private final DataSource dataSource;
    private final PersistenceFlush flush;
    private final OutboxWriter writer;
    private final OutboxWriter committingWriter;
    private final StoredAggregates stored;
    private final Supplier<CaptureMeters> meters;
    private final Runnable afterCommit;

    OutboxTransactionListener(
            TransactionManager manager,
            DataSource dataSource,
            PersistenceFlush flush,
            OutboxWriter writer,
            StoredAggregates stored,
            Supplier<CaptureMeters> meters,
            Runnable afterCommit) {
        this.manager = manager;
        this.dataSource = dataSource;
        this.flush = flush;
        this.writer = writer;
        this.committingWriter = writer.committing();
        this.stored = stored;
        this.meters = meters;
        this.afterCommit = afterCommit;
    }

    /** Remembers the connection of an outer transaction until this one has begun. */
    @Override
    public void beforeBegin(TransactionExecution transaction) {
        TransactionSynchronizationManager.unbindResourceIfPossible(this);
        Object outer = TransactionSynchronizationManager.getResource(dataSource);
        if (outer != null) {
            requireNothingCaptured();
            TransactionSynchronizationManager.bindResource(this, outer);
        }
    }

    /** Spring lets a JDBC transaction begin on the connection of an outer JPA transaction, and commit the changes of both. */
    private void requireNothingCaptured() {
        CapturedEvents captured = CapturedEvents.suspended();
        if (captured != null
                && captured.size() > 0
                && ManagedDataSource.of(manager).takesOver(dataSource)) {
            throw new IllegalTransactionStateException(
                    "A transaction of %s would begin on the connection of the transaction around it and commit the changes of that one, but not its events (%d). Use the same transaction manager for both."
                            .formatted(manager.getClass().getSimpleName(), captured.size()));
        }
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
        Object outer = TransactionSynchronizationManager.unbindResourceIfPossible(this);
        Object own = TransactionSynchronizationManager.getResource(dataSource);
        if (beginFailure == null
                && own != null
                && own != outer
                && TransactionSynchronizationManager.isSynchronizationActive()) {
            CapturedEvents.bindTo(transaction, this, meters, afterCommit);
        }
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        CapturedEvents captured = CapturedEvents.current();
        // Releasing a savepoint, or committing another manager's transaction inside ours, commits nothing of ours.
        if (captured == null || !captured.belongsTo(transaction)) {
            return;
        }
        flush(transaction, captured);
        captured.prepare(new LastWrite(transaction, captured, dataSource, writer, committingWriter));
    }

    @Override
    public void flush(TransactionExecution transaction, CapturedEvents captured) {
        int before;
        do {
            if (transaction.isReadOnly() || transaction.isRollbackOnly()) {
                return;
            }
            before = captured.size();
            flush.flush(manager);
        } while (captured.size() > before);
    }

    @Override
    public boolean isCommitSentAlong(TransactionExecution transaction) {
        return !transaction.isRollbackOnly() && CommittingConnections.isBound(dataSource);
    }

    @Override
    public boolean isNeededFor(List<EventEnvelope> pending) {
        return !stored.isEmpty()
                && pending.stream()
                        .anyMatch(event -> stored.isStored(event.aggregate().type()));
    }

    @Override
    public void write(List<EventEnvelope> events) {
        writer.append(events);
    }
}
