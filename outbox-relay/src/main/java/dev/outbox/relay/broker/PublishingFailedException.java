package dev.outbox.relay.broker;

import dev.outbox.store.OutboxRow;

/** An event was handed to the broker and failed; it may be in the topic all the same. */
public final class PublishingFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param row the event that failed first
     * @param cause what the broker or its client said
     */
    public PublishingFailedException(OutboxRow row, Throwable cause) {
        super(
                "Event %s (seq %d) could not be published to topic '%s': %s"
                        .formatted(row.event(), row.seq(), row.event().topic(), cause.getMessage()),
                cause);
    }
}
