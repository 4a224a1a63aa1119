package dev.outbox.producer;

import dev.outbox.producer.internal.write.CommittingConnections;
import dev.outbox.producer.internal.write.OutboxWriter;
import java.sql.Connection;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Writes the events of one transaction that is about to commit. If its connection is a {@linkplain CommittingConnections
 * committing} one, it is this connection that calls, and until then more events can be raised, such as by what Hibernate calls
 * before it commits. Otherwise the events are written at once.
 */
final class LastWrite {

    private final TransactionExecution transaction;
    private final CapturedEvents captured;
    private final DataSource dataSource;
    private final OutboxWriter writer;
    private final OutboxWriter committingWriter;
    private @Nullable Boolean committing;
    private boolean over;

    LastWrite(
            TransactionExecution transaction,
            CapturedEvents captured,
            DataSource dataSource,
            OutboxWriter writer,
            OutboxWriter committingWriter) {
        this.transaction = transaction;
        this.captured = captured;
        this.dataSource = dataSource;
        this.writer = writer;
        this.committingWriter = committingWriter;
    }

    /** Called when nothing but the commit is left to do. */
    void prepare() {
        if (captured.pending() > 0) {
            // Marked by a callback after the transaction manager's check: Spring's manager for JDBC commits anyway.
            if (transaction.isRollbackOnly()) {
                throw captured.rollbackOnly();
            }
            inTime(() -> {
                if (!isLeftToTheConnection()) {
                    over = true;
                    captured.writeTo(writer, writer);
                }
            });
        }
    }

    /** {@return whether events can still be raised} A transaction without events may not have needed a connection yet. */
    boolean isOpen() {
        return !over && isLeftToTheConnection();
    }

    void beforeCommit(Connection connection) {
        if (!over && CommittingConnections.isBound(dataSource, connection)) {
            over = true;
            if (captured.pending() > 0) {
                // Marked since. The transaction is not asked any more: Hibernate's may refuse to answer while it
                // commits.
                if (isMarkedLocally() || CommittingConnections.isRollbackOnly(dataSource)) {
                    throw captured.rollbackOnly();
                }
                inTime(() -> captured.writeTo(writer, committingWriter));
            }
        }
    }

    void onRollback(Connection connection) {
        if (!over && CommittingConnections.isBound(dataSource, connection)) {
            over = true;
        }
    }

    private boolean isLeftToTheConnection() {
        if (committing == null) {
            committing = CommittingConnections.isBound(dataSource);
        }
        return committing;
    }

    /** Spring takes a timeout for a commit whose outcome is unknown, rolls nothing back, and then may commit what is there. */
    private static void inTime(Runnable write) {
        try {
            write.run();
        } catch (TransactionTimedOutException late) {
            throw new QueryTimeoutException(
                    "The transaction has timed out before its events were written: " + late.getMessage(), late);
        }
    }

    private boolean isMarkedLocally() {
        return transaction instanceof DefaultTransactionStatus status && status.isLocalRollbackOnly();
    }
}
