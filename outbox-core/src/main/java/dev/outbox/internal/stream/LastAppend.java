package dev.outbox.internal.stream;

import dev.outbox.event.EventEnvelope;
import java.util.List;

/** An append that is left to the commit of its transaction, because nobody in the transaction waits for it. */
public interface LastAppend {

    /** {@return what is appended} */
    List<EventEnvelope> events();

    /**
     * Appends, in the transaction that it was left to. After a rollback to a savepoint it may be called again.
     *
     * @param commits whether the transaction is committed in the same round trip, if the events are appended, and only then
     * @throws org.springframework.dao.DataAccessException if they are not; the transaction must be rolled back
     */
    void append(boolean commits);
}
