package dev.outbox.relay.parking;

import dev.outbox.event.AggregateRef;
import java.util.List;
import java.util.UUID;

/**
 * Lists what is parked, and takes decisions about it. As long as any event of an aggregate is parked, its later events are
 * parked after it; those of other aggregates are published.
 *
 * <p>A decision is stored in the database and carried out soon after by the relay that owns the lane, wherever that runs,
 * because no other relay may publish events of the aggregate. Each method is a separate transaction and may be called by any
 * thread; it throws {@link org.springframework.dao.DataAccessException} if the database cannot be reached.
 *
 * @since 0.1.0
 */
public interface ParkedEvents {

    /** {@return the aggregates with parked events, starting with the one that was parked first} */
    List<ParkedKey> keys(int limit);

    /** {@return the parked events of an aggregate, in their order} */
    List<ParkedEvent> events(AggregateRef aggregate, int limit);

    /**
     * Requests that the parked events of an aggregate are published: in order, together with those parked after them until
     * then, before any later event. If an event is refused again, it stays parked with all events after it.
     *
     * @return false if no event of the aggregate is parked, or a decision about it is already pending
     */
    boolean release(AggregateRef aggregate);

    /**
     * Requests that all parked events are published, as {@link #release(AggregateRef)} does for one aggregate. Later events
     * of other aggregates are published in the meantime.
     *
     * @return how many events
     */
    int releaseAll();

    /**
     * {@return the topics that cannot be written to, with the events that wait for them} They are released automatically
     * when the topic is back, in order; no request is needed.
     */
    List<HeldTopic> heldTopics();

    /**
     * Discards all events that wait for a topic now, because it does not come back. The relay does not hold the topic any
     * more, until there is a later event for it. Consumers will see a gap.
     *
     * @return how many events
     */
    int discardHeld(String topic);

    /**
     * Discards all events of an aggregate that are parked now; later ones are published. Consumers will see a gap.
     *
     * @return false if no event of the aggregate is parked, or a decision about it is already pending
     */
    boolean discard(AggregateRef aggregate);

    /**
     * Discards one parked event. The events after it stay parked until they are released; if there are none, later ones are
     * published. Consumers will see a gap.
     *
     * @return false if the event is not parked, or a decision about its aggregate is already pending
     */
    boolean discard(UUID eventId);

    /**
     * Removes discarded events that are no longer in the outbox. Until then the row is needed, so that the event is left
     * out whenever it is read again. The relay does this after it has truncated a slot.
     *
     * @return how many events
     */
    int removeDiscarded();
}
