package dev.outbox.relay.parking;

/**
 * How far a release has come. What of it is neither pending nor kept is published.
 *
 * @param id the number under which it was requested
 * @param pending how many of its events are still to be published
 * @param kept how many of its events stay parked, because they were refused again, their topic cannot be written to, or the
 *     release was stopped before they were published
 * @param stopping whether it was told to stop, and has not stopped yet
 * @since 0.1.0
 */
public record ParkedRelease(long id, long pending, long kept, boolean stopping) {}
