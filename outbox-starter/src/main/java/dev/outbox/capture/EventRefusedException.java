package dev.outbox.capture;

import org.jspecify.annotations.Nullable;

/**
 * An event could not be taken over. Thrown to whoever raised it, inside the transaction: nothing has been stored, and
 * unless the caller catches it the transaction rolls back. The message names the event and the mend.
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
}
