package dev.outbox.producer;

import dev.outbox.event.EventEnvelope;
import dev.outbox.producer.internal.metrics.RefusalReason;
import org.jspecify.annotations.Nullable;

/**
 * An event was not accepted. Thrown to the code that raised it, inside the transaction: nothing has been stored, and the
 * transaction rolls back unless the caller catches the exception. The message names the event and the fix.
 *
 * <p>The commit throws it, and then rolls back, if the transaction was marked rollback-only after its transaction manager had
 * already decided to commit it.
 *
 * <p>Not a {@code TransactionException}, because a transaction manager would not roll back for one during commit.
 *
 * @since 0.1.0
 */
public final class EventRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;

    EventRefusedException(RefusalReason reason, Class<?> event, String problem, String fix) {
        this(reason, event, problem, fix, null);
    }

    EventRefusedException(RefusalReason reason, Class<?> event, String problem, String fix, @Nullable Throwable cause) {
        super("%s %s. %s".formatted(event.getName(), problem, fix), cause);
        this.reason = reason;
    }

    private EventRefusedException(RefusalReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** {@return what it is counted as} */
    RefusalReason reason() {
        return reason;
    }

    /** For a transaction that is marked rollback-only and about to be committed. */
    static EventRefusedException rollbackOnly(EventEnvelope first, int events) {
        return new EventRefusedException(
                RefusalReason.ROLLBACK_ONLY,
                "%s%s was raised in a transaction that was marked rollback-only while it was committing: it is rolled back now. %s"
                        .formatted(
                                first,
                                events == 1 ? "" : ", the first of %d events,".formatted(events),
                                "Look for an exception that a callback before the commit (TransactionSynchronization,"
                                        + " @TransactionalEventListener) has caught."));
    }
}
