package dev.outbox.relay.broker;

import dev.outbox.store.OutboxRow;
import org.jspecify.annotations.Nullable;

/** An event cannot be published as things are; neither it nor any event of its page has been sent. */
public final class UnpublishableEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param row the event
     * @param reason why, and what to do about it
     * @param cause what the broker's client said, or null if it was not asked
     */
    public UnpublishableEventException(OutboxRow row, String reason, @Nullable Throwable cause) {
        super("Event %s (seq %d) cannot be published: %s".formatted(row.event(), row.seq(), reason), cause);
    }
}
