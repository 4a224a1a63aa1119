package dev.outbox.consumer.parking;

import java.util.List;
import java.util.Optional;

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

    /** {@return why keys are parked, what has lasted longest comes first} */
    List<ParkedInboxCause> causes(int limit);

    /** {@return the keys with parked events, the key that was parked first comes first} */
    default List<ParkedInboxKey> keys(int limit) {
        return keys(InboxSelection.all(), limit);
    }

    /** {@return some of the keys with parked events, the key that was parked first comes first} */
    List<ParkedInboxKey> keys(InboxSelection selection, int limit);

    /** {@return how many events of a key are parked and not discarded} */
    long count(InboxKey key);

    /** {@return one parked event} */
    Optional<ParkedInboxEvent> event(long id);

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
    default ReleaseResult release(InboxKey key) {
        return release(key, DecisionNote.NONE);
    }

    /**
     * Releases a key as {@link #release(InboxKey)} does, and writes it down in the transaction of the first event. If the process
     * ends before the last one, what is left stays parked, and the note stands.
     */
    ReleaseResult release(InboxKey key, DecisionNote note);

    /**
     * Releases every key of this service's consumers with parked events, one after the other, as {@link #release(InboxKey)} does. A key
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
    default int discard(InboxKey key) {
        return discard(key, DecisionNote.NONE);
    }

    /**
     * Discards a key as {@link #discard(InboxKey)} does, and writes it down in the transaction that marks its events. From then on
     * none of them is handled, even if the process ends.
     */
    int discard(InboxKey key, DecisionNote note);

    /**
     * Discards one parked event. The events after it stay parked until they are released; if there are none, later events of
     * its key are handled.
     *
     * @return false if it is not parked
     * @throws IllegalArgumentException if this service does not have the consumer of the event
     */
    default boolean discard(long id) {
        return discard(id, DecisionNote.NONE);
    }

    /** Discards one parked event as {@link #discard(long)} does, and writes it down, unless there is nothing to discard. */
    boolean discard(long id, DecisionNote note);

    /**
     * Replaces the payload of a parked event.
     *
     * @return false if it is not parked, or was discarded
     */
    boolean edit(long id, byte[] payload);
}
