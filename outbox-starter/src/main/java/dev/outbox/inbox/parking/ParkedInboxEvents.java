package dev.outbox.inbox.parking;

import java.util.List;

/**
 * What the consumers of this service have parked, and the decisions about it. As long as anything of a key is parked, its
 * later events are parked behind; those of other keys are handled.
 *
 * <p>A decision takes effect before the method returns, in transactions of its own: call it outside of one. Any thread of
 * any instance of the service may do so, also while the consumer runs. The methods throw
 * {@link org.springframework.dao.DataAccessException} if the database cannot be asked.
 */
public interface ParkedInboxEvents {

    /** {@return the keys with parked events, the one that was parked first at the head} */
    List<ParkedInboxKey> keys(int limit);

    /** {@return the parked events of a key, those that were given up among them, in the order of their release} */
    List<ParkedInboxEvent> events(InboxKey key, int limit);

    /**
     * Replaces the payload of a parked event.
     *
     * @return false if it is not parked, or was given up
     */
    boolean edit(long id, byte[] payload);

    /**
     * Handles what is parked of a key, in order, through the guard and the handlers of its consumer, each event in a
     * transaction of its own. What comes meanwhile is handled after it. It ends at the first event that fails: that one and
     * all behind it stay parked. An event that waits for a missing one no longer does, nor is one held back any more
     * because its sequence is taken: who releases it has decided so.
     *
     * @return how far it came
     * @throws IllegalArgumentException if this service has no consumer of that name
     */
    ReleaseResult release(InboxKey key);

    /**
     * Gives up all events of a key that are parked now, without calling a handler; the later ones are handled.
     *
     * @return how many events
     * @throws IllegalArgumentException if this service has no consumer of that name
     */
    int discard(InboxKey key);

    /**
     * Gives up one parked event. Those behind it stay parked until they are released; if there are none, the later ones of
     * its key are handled.
     *
     * @return false if it is not parked
     * @throws IllegalArgumentException if this service has no consumer of its name
     */
    boolean discard(long id);
}
