package dev.outbox.console.internal.api;

import java.util.UUID;

/** What a request names is not there. */
public final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotFoundException(String message) {
        super(message);
    }

    /** {@return the exception for an event that is not parked} */
    public static NotFoundException notParked(UUID event) {
        return new NotFoundException("Event %s is not parked".formatted(event));
    }

    /** {@return the exception for an event that the outbox does not have} */
    public static NotFoundException notStored(UUID event) {
        return new NotFoundException(
                "The outbox does not have event %s: it was never committed, or it is published and its slot was truncated"
                        .formatted(event));
    }

    /** {@return the exception for a release that nobody has asked for} */
    public static NotFoundException notReleased(long id) {
        return new NotFoundException("There was no release %d".formatted(id));
    }

    /** {@return the exception for an event that the inbox does not have} */
    public static NotFoundException notInInbox(long event) {
        return new NotFoundException(
                "The inbox has no parked event %d: it was never parked, or it is handled or discarded"
                        .formatted(event));
    }

    /** {@return the exception for a replay of another process, or of long ago} */
    public static NotFoundException notReplayed(long id) {
        return new NotFoundException("This process has carried out no replay %d since it started".formatted(id));
    }
}
