package dev.outbox.eventstore.internal.stream;

import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.ExpectedVersion;
import java.sql.SQLException;
import org.springframework.dao.OptimisticLockingFailureException;

/** A commit with an append was refused, because the stream has another version. Which one is unknown within the transaction. */
final class VersionTakenException extends OptimisticLockingFailureException {

    private static final long serialVersionUID = 1L;

    VersionTakenException(AggregateRef stream, ExpectedVersion expected, SQLException cause) {
        super("%s does not have %s any more".formatted(stream, expected), cause);
    }
}
