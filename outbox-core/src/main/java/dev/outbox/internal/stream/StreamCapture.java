package dev.outbox.internal.stream;

import dev.outbox.event.EventEnvelope;
import java.util.List;

/** What the event store needs of the capture. All of it concerns the transaction of the calling thread. */
public interface StreamCapture {

    /**
     * Prepares the transaction for events that are appended now, and not with its commit: what it has changed so far is flushed,
     * and {@linkplain #writePending pending events} are written.
     *
     * @return the events as they are stored
     * @throws RuntimeException as {@code Outbox.publish} throws it, for an event that cannot be stored here
     */
    List<EventEnvelope> capture(List<?> events);

    /**
     * Writes the events that were raised so far, if some of them are of stored aggregates, so that a stream is read with them.
     * Does nothing outside a transaction.
     */
    void writePending();

    /** Writes events now, numbered within their aggregates. The caller has {@linkplain #capture captured} them. */
    void write(List<EventEnvelope> events);

    /**
     * Leaves an append to the commit of the transaction, if the commit can go along with it. Its events come after those that were
     * raised before, and before those that are raised after, and are counted like those that were {@link #appended}. If the
     * transaction reads or appends to a stream before it commits, it is called then.
     *
     * @param append of events that were {@linkplain #capture captured}
     * @return whether it is left; if not, the caller appends now
     */
    boolean leaveToCommit(LastAppend append);

    /** The events were written: after the commit they are counted, and the relay is told. */
    void appended(List<EventEnvelope> events);
}
