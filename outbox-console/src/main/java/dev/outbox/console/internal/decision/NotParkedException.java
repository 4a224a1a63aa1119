package dev.outbox.console.internal.decision;

import java.util.UUID;

/** A decision is about an event that is not parked, or about whose key another decision is pending. */
public final class NotParkedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotParkedException(UUID event) {
        super("Event %s is not parked, or a decision about its key is already pending".formatted(event));
    }

    NotParkedException(long inboxEvent) {
        super("Event %d of the inbox is not parked any more".formatted(inboxEvent));
    }
}
