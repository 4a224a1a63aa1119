package dev.outbox.consumer.parking;

import java.util.List;

/**
 * What the consumers of this service have parked, and the decisions about it. As long as any event of a key is parked, later
 * events of the key are parked behind it; events of other keys are handled.
 *
 * <p>A decision takes effect before the method returns, in its own transactions: call the methods outside of a transaction. Any
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
     * Replaces the payload of a parked event.
     *
     * @return false if it is not parked, or was discarded
     */
    boolean edit(long id, byte[] payload);

    /**
     * Handles the parked events of a key, in order, through the guard and the handlers of its consumer, each event in its own
     * transaction. Events that arrive in the meantime are handled after them. The release ends at the first event that fails:
     * that event and all events behind it stay parked. An event that waits for a missing one no longer waits, and an event
     * whose sequence is taken is no longer held back: the person who releases the key has decided that.
     *
     * @return how far the release came
     * @throws IllegalArgumentException if this service has no consumer of that name
     */
    ReleaseResult release(InboxKey key);

    /**
     * Gives up all events of a key that are parked now, without calling a handler; later events are handled.
     *
     * @return how many events were discarded
     * @throws IllegalArgumentException if this service has no consumer of that name
     */
    int discard(InboxKey key);

    /**
     * Gives up one parked event. The events behind it stay parked until they are released; if there are none, later events of
     * its key are handled.
     *
     * @return false if it is not parked
     * @throws IllegalArgumentException if this service does not have the consumer of the event
     */
    boolean discard(long id);
}
