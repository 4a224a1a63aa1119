package dev.outbox.producer;

import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.internal.wakeup.CommitHint;
import dev.outbox.producer.internal.metrics.CaptureMeters;
import dev.outbox.producer.internal.persistence.PersistenceFlush;
import dev.outbox.producer.internal.write.CommittingConnections;
import dev.outbox.producer.internal.write.OutboxWriter;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.util.function.SingletonSupplier;

/** Makes the outbox take part in the transactions of each transaction manager. */
final class OutboxTransactionListeners {

    private final DataSource dataSource;
    private final PersistenceFlush flush;
    private final OutboxWriter writer;
    private final StoredAggregates stored;
    private final boolean commitWithEvents;
    private final Supplier<CaptureMeters> meters;
    private final Supplier<List<CommitHint>> hints;

    OutboxTransactionListeners(
            DataSource dataSource,
            PersistenceFlush flush,
            OutboxWriter writer,
            StoredAggregates stored,
            boolean commitWithEvents,
            Supplier<CaptureMeters> meters,
            ObjectProvider<CommitHint> hints) {
        this.dataSource = dataSource;
        this.flush = flush;
        this.writer = writer;
        this.stored = stored;
        this.commitWithEvents = commitWithEvents;
        this.meters = meters;
        // Looked up late, because beans with hints may be created after this, and once: a lookup costs more than a
        // commit.
        this.hints = SingletonSupplier.of(() -> hints.orderedStream().toList());
    }

    void listenTo(ConfigurableTransactionManager transactionManager) {
        if (commitWithEvents) {
            CommittingConnections.install(transactionManager, dataSource);
        }
        transactionManager.addListener(new OutboxTransactionListener(
                transactionManager, dataSource, flush, writer, stored, meters, this::giveHints));
    }

    private void giveHints() {
        hints.get().forEach(CommitHint::committed);
    }
}
