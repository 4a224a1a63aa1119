package dev.outbox.relay.broker;

import org.jspecify.annotations.Nullable;

/**
 * The broker would refuse an event for good, whatever its state; see the policies for such events.
 *
 * @since 0.1.0
 */
public final class UnpublishableEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient OutboxRow row;
    private final String reason;

    /**
     * @param row the event
     * @param reason why, and what to do about it
     * @param cause what the broker's client said, or null if it was not asked
     */
    public UnpublishableEventException(OutboxRow row, String reason, @Nullable Throwable cause) {
        super("Event %s (seq %d) cannot be published: %s".formatted(row.event(), row.seq(), reason), cause);
        this.row = row;
        this.reason = reason;
    }

    /** {@return the event} */
    public OutboxRow row() {
        return row;
    }

    /** {@return why it cannot be published, and what to do about it} */
    public String reason() {
        return reason;
    }
}
