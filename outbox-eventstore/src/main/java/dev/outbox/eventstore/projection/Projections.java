package dev.outbox.eventstore.projection;

import dev.outbox.eventstore.Appended;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The projections of this service: how they are, and what people decide about them. Thread-safe.
 *
 * <p>Each method throws an {@code IllegalArgumentException} if there is no projection of that name, and a {@code
 * DataAccessException} if the database does not answer.
 *
 * @since 0.1.0
 */
public interface Projections {

    /** {@return all projections of this service, by their names} */
    List<ProjectionStatus> status();

    /** {@return one projection} */
    ProjectionStatus status(String projection);

    /**
     * Begins to fill the projection anew, in the background, beside the tables that services go on to read. They are swapped by
     * itself once the new ones have everything.
     *
     * @return the number of the generation that is being built
     * @throws IllegalStateException if one is being built already, or a later version serves
     */
    int rebuild(String projection);

    /**
     * Ends a rebuild, and drops what it has built. A version that was cancelled is not begun again by itself.
     *
     * @throws IllegalStateException if none is under way
     */
    void cancel(String projection);

    /**
     * Lets the tables serve again that served before the last swap. They are as they were then, and go on from there, filled by
     * services that have the version of the class that has filled them.
     *
     * @throws IllegalStateException if they do not exist any more, or a rebuild is under way
     */
    void rollback(String projection);

    /**
     * Decides that an event that a lane has stopped at is passed over. The decision is kept in {@code outbox_projection_skip}. It
     * is valid for the generations that have stopped at it: a later rebuild tries the event again.
     *
     * @param event the id of the event, as {@link ProjectionStatus} shows it
     * @param decidedBy who has decided
     * @param reason why
     * @throws IllegalStateException if no lane has stopped at this event
     */
    void skip(String projection, UUID event, String decidedBy, String reason);

    /**
     * Waits until services can read in the tables of the projection what a transaction has appended.
     *
     * @param appended what the append has returned; its transaction must have been committed
     * @return whether they can; false if the time is over
     * @throws ProjectionStoppedException if the lane has stopped at an event before it, so that waiting is in vain
     * @throws IllegalStateException if this thread is in a transaction, which may be the one that has appended
     */
    boolean await(String projection, Appended appended, Duration timeout);
}
