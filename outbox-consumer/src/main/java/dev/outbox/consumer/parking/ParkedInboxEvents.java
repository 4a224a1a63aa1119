package dev.outbox.consumer.parking;

import java.util.List;

/**
 * What the consumers of this service have parked, and the decisions about it. As long as any event of a key is parked, later
 * events of the key are parked after it; events of other keys are handled.
 *
 * <p>A release or a discard has taken effect when the method returns, in its own transactions: call the methods outside of a
 * transaction. The relay's parked events have the same methods; there, a decision is a request, and carried out soon after. Any
 * thread of any instance of the service may call them, even while the consumer runs. The methods throw
 * {@link org.springframework.dao.DataAccessException} if the database cannot be queried.
 *
 * @since 0.1.0
 */
public interface ParkedInboxEvents {

    /** {@return the keys with parked events, the key that was parked first comes first} */
    List<ParkedInboxKey> keys(int limit);

    /** {@return the parked events of a key, including those that were discarded, in the order of their release} */
    List<ParkedInboxEvent> events(InboxKey key, int limit);

    /**
     * Handles the parked events of a key, in order, through the guard and the handlers of its consumer, each event in its own
     * transaction. Events that arrive in the meantime are handled after them. The release ends at the first event that fails:
     * that event and all events after it stay parked. An event that waits for a missing one no longer waits, and an event
     * whose sequence is taken is no longer held back: the person who releases the key has decided that.
     *
     * @return how far the release came
     * @throws IllegalArgumentException if this service has no consumer of that name
     */
    ReleaseResult release(InboxKey key);

    /**
     * Releases every key of this service's consumers with parked events, one after the other, as {@link #release} does. A key
     * whose release fails does not keep the next ones from theirs.
     *
     * @return how far the releases came together, and why the first of those that failed did
     */
    ReleaseResult releaseAll();

    /**
     * Discards all events of a key that are parked now, without calling a handler; later events are handled.
     *
     * @return how many events are discarded
     * @throws IllegalArgumentException if this service has no consumer of that name
     */
    int discard(InboxKey key);

    /**
     * Discards one parked event. The events after it stay parked until they are released; if there are none, later events of
     * its key are handled.
     *
     * @return false if it is not parked
     * @throws IllegalArgumentException if this service does not have the consumer of the event
     */
    boolean discard(long id);

    /**
     * Replaces the payload of a parked event.
     *
     * @return false if it is not parked, or was discarded
     */
    boolean edit(long id, byte[] payload);
}
