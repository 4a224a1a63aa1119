package dev.outbox.relay.parking;

import dev.outbox.event.AggregateRef;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the relay has parked, and the decisions about it. As long as any event of a key is parked, later events of the key are
 * parked after it; events of other keys are published.
 *
 * <p>A release or a discard is a request: it is stored when the method returns, and carried out soon after by the relay that
 * owns the lane, wherever that runs, because no other relay may publish events of the key. A consumer's parked events have the
 * same methods; there, a decision has taken effect when the method returns. Each method is a separate transaction, and any
 * thread may call it. The methods throw {@link org.springframework.dao.DataAccessException} if the database cannot be queried.
 *
 * @since 0.1.0
 */
public interface ParkedEvents {

    /** {@return the keys with parked events, the key that was parked first comes first} */
    default List<ParkedKey> keys(int limit) {
        return keys(ParkedSelection.all(), null, limit);
    }

    /**
     * {@return some of the keys with parked events, the key that was parked first comes first}
     *
     * @param after the place of the last key of the page before, or null for the first page
     */
    List<ParkedKey> keys(ParkedSelection selection, @Nullable ParkedPlace after, int limit);

    /** {@return how much a decision about these keys would be about now, without those about which one is pending} */
    ParkedCount count(ParkedSelection selection);

    /** {@return why keys are parked, the reason of the most keys first} Pending decisions are left out, as in a count. */
    List<ParkedCause> causes(int limit);

    /** {@return the parked events of a key, in the order of their release} */
    List<ParkedEvent> events(AggregateRef key, int limit);

    /** {@return a parked event that is not discarded} */
    Optional<ParkedEvent> event(UUID id);

    /**
     * Requests that the parked events of a key are published: in order, together with those parked after them until then,
     * before any later event. The release ends at the first event that is refused again: that event and all events after it
     * stay parked.
     *
     * @return how many events the request is about; none if no event of the key is parked, or a decision about it is already
     *     pending
     */
    int release(AggregateRef key);

    /**
     * Requests a release of every key with parked events, except those about which a decision is already pending. Later events
     * of other keys are published in the meantime.
     *
     * @return how many events the request is about
     */
    default int releaseAll() {
        return release(ParkedSelection.all());
    }

    /**
     * Requests a release of some keys, except those about which a decision is already pending.
     *
     * @return how many events the request is about
     */
    default int release(ParkedSelection selection) {
        return release(selection, null);
    }

    /**
     * Requests a release of some keys, except those about which a decision is already pending.
     *
     * @param release the number under which it is asked how far it has come, and stopped; unique, such as that of its row in the
     *     audit; null if nobody asks
     * @return how many events the request is about
     */
    int release(ParkedSelection selection, @Nullable Long release);

    /**
     * {@return how far releases have come, the last one first} A release of which nothing is parked any more is not among them.
     *
     * @param release the number of one of them, or null for all
     */
    List<ParkedRelease> releases(@Nullable Long release);

    /**
     * Requests that a release ends before its events are published. What is on its way to Kafka is still published; the rest
     * stays parked, and so do later events of the same keys.
     *
     * @return how many events may be kept from being published
     */
    int stop(long release);

    /**
     * Discards all events of a key that are parked now; later events are published. Consumers will see a gap.
     *
     * @return how many events are discarded; none if no event of the key is parked, or a decision about it is already pending
     */
    int discard(AggregateRef key);

    /**
     * Discards all events of some keys that are parked now, except those of keys about which a decision is already pending.
     * Consumers will see gaps.
     *
     * @return how many events are discarded
     */
    int discard(ParkedSelection selection);

    /**
     * Replaces the payload of a parked event, which is published with it when its key is released. In the outbox, the event
     * keeps its payload.
     *
     * @return false if it is not parked, or a decision about its key is already pending
     */
    boolean edit(UUID id, byte[] payload);

    /**
     * Discards one parked event. The events after it stay parked until they are released; if there are none, later events of
     * its key are published. Consumers will see a gap.
     *
     * @return false if it is not parked, or a decision about its key is already pending
     */
    boolean discard(UUID id);

    /**
     * {@return the topics that cannot be written to, with the events that wait for them} They are released automatically
     * when the topic is back, in order; no request is needed.
     */
    List<HeldTopic> heldTopics();

    /**
     * Discards all events that wait for a topic now, because it does not come back. The relay does not hold the topic any
     * more, until there is a later event for it. Consumers will see a gap.
     *
     * @return how many events are discarded
     */
    int discardHeld(String topic);

    /**
     * Removes discarded events that are no longer in the outbox. Until then the row is needed, so that the event is left
     * out whenever it is read again. The relay does this after it has truncated a slot.
     *
     * @return how many events are removed
     */
    int removeDiscarded();
}
