package dev.outbox.capture;

import dev.outbox.event.EventEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * An event could not be taken over. Thrown to whoever raised it, inside the transaction: nothing has been stored, and
 * unless the caller catches it the transaction rolls back. The message names the event and the fix.
 *
 * <p>Thrown by the commit, which then rolls back, if the transaction was marked rollback-only only after its transaction
 * manager had decided to commit it.
 *
 * <p>Not a {@code TransactionException}, for which a transaction manager would not roll back during commit.
 */
public final class EventRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EventRefusedException(Class<?> event, String problem, String mend) {
        this(event, problem, mend, null);
    }

    EventRefusedException(Class<?> event, String problem, String mend, @Nullable Throwable cause) {
        super("%s %s. %s".formatted(event.getName(), problem, mend), cause);
    }

    private EventRefusedException(String message) {
        super(message);
    }

    /** Of a transaction that is marked rollback-only and about to be committed. */
    static EventRefusedException rollbackOnly(EventEnvelope first, int events) {
        return new EventRefusedException(
                "%s%s was raised in a transaction that was marked rollback-only while it was committing: it is rolled back now. %s"
                        .formatted(
                                first,
                                events == 1 ? "" : ", the first of %d events,".formatted(events),
                                "Look for an exception that a callback before the commit (TransactionSynchronization,"
                                        + " @TransactionalEventListener) has caught."));
    }
}
