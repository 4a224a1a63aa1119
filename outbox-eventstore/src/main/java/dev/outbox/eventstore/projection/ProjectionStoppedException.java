package dev.outbox.eventstore.projection;

/**
 * What was waited for does not come by itself: the lane has stopped at an event that cannot be handled.
 *
 * @since 0.1.0
 */
public final class ProjectionStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message names the projection, the event and why it cannot be handled
     */
    public ProjectionStoppedException(String message) {
        super(message);
    }
}
