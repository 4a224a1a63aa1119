package dev.outbox.eventstore.internal.projection.lane;

import dev.outbox.eventstore.internal.projection.log.LogEvent;

/** An event could not be handled. Its transaction is rolled back. */
public final class EventFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient LogEvent event;
    private final transient Throwable failure;

    EventFailedException(LogEvent event, Throwable failure) {
        super("%s could not be handled".formatted(event.event()), failure);
        this.event = event;
        this.failure = failure;
    }

    /** {@return why it could not be handled} */
    public Throwable failure() {
        return failure;
    }

    /** {@return the event} */
    public LogEvent event() {
        return event;
    }
}
