package dev.outbox.relay.parking;

import dev.outbox.event.AggregateRef;
import dev.outbox.store.OutboxTables;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What is parked, and the decisions about it. As long as anything of an aggregate is parked, its later events are parked
 * behind; those of other aggregates are published.
 *
 * <p>A decision is noted in the database and carried out soon after by the relay that owns the lane, wherever that runs,
 * for none else may publish events of the aggregate. Each method is a transaction of its own and may be called by any
 * thread; it throws {@link org.springframework.dao.DataAccessException} if the database cannot be asked.
 */
public interface ParkedEvents {

    /** {@return the aggregates with parked events, the one that was parked first at the head} */
    List<ParkedKey> keys(int limit);

    /** {@return the parked events of an aggregate, in their order} */
    List<ParkedEvent> events(AggregateRef aggregate, int limit);

    /**
     * Asks for the publication of what is parked of an aggregate: in order, together with what is parked behind it until
     * then, before any later event. If an event is refused once more, it stays parked with all behind it.
     *
     * @return false if nothing of the aggregate is parked, or a decision about it is on its way already
     */
    boolean release(AggregateRef aggregate);

    /**
     * Asks for the publication of all that is parked, as {@link #release(AggregateRef)} does for one aggregate. Later events
     * of other aggregates are published meanwhile.
     *
     * @return how many events
     */
    int releaseAll();

    /**
     * {@return the topics that cannot be written to, with the events that wait for them} They are released by themselves
     * when the topic is back, in order; nobody has to ask for it.
     */
    List<HeldTopic> heldTopics();

    /**
     * Gives up all events that wait for a topic now, because it does not come back. The relay holds the topic no more, until
     * there is a later event for it. A consumer will see a gap.
     *
     * @return how many events
     */
    int discardHeld(String topic);

    /**
     * Gives up all events of an aggregate that are parked now; later ones are published. A consumer will see a gap.
     *
     * @return false if nothing of the aggregate is parked, or a decision about it is on its way already
     */
    boolean discard(AggregateRef aggregate);

    /**
     * Gives up one parked event. Those behind it stay parked until they are released; if there are none, later ones are
     * published. A consumer will see a gap.
     *
     * @return false if the event is not parked, or a decision about its aggregate is on its way already
     */
    boolean discard(UUID eventId);

    /**
     * Removes what was given up and is not in the outbox any more: until then the row is needed, so that the event is left
     * out whenever it is read again. The relay does so after it has truncated a slot.
     *
     * @return how many events
     */
    int removeDiscarded();

    /** {@return the decisions in PostgreSQL, table {@code outbox_parked}} */
    static ParkedEvents postgres(DataSource dataSource) {
        return postgres(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same, on given tables} */
    static ParkedEvents postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcParkedEvents(dataSource, tables);
    }
}
