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

    /** The events were written: after the commit they are counted, and the relay is told. */
    void appended(List<EventEnvelope> events);
}
