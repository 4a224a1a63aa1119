package dev.outbox.relay.broker;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event was handed to the broker and failed; it may be in the topic anyway.
 *
 * @since 0.1.0
 */
public final class PublishingFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable UnpublishableEventException refusal;
    private final @Nullable UnavailableTopicException topic;

    /**
     * A failure that may pass.
     *
     * @param row the event that failed first
     * @param cause what the broker or its client said
     */
    public PublishingFailedException(OutboxRow row, Throwable cause) {
        this(row, cause, null, null);
    }

    /**
     * @param row the event that failed first
     * @param cause what the broker or its client said
     * @param refusal why the event will fail each time, or null if it may not
     */
    public PublishingFailedException(OutboxRow row, Throwable cause, @Nullable UnpublishableEventException refusal) {
        this(row, cause, refusal, null);
    }

    /**
     * A failure that concerns the topic.
     *
     * @param row the event that failed first
     * @param cause what the broker or its client said
     * @param topic why nothing can be written to its topic now
     */
    public PublishingFailedException(OutboxRow row, Throwable cause, UnavailableTopicException topic) {
        this(row, cause, null, topic);
    }

    private PublishingFailedException(
            OutboxRow row,
            Throwable cause,
            @Nullable UnpublishableEventException refusal,
            @Nullable UnavailableTopicException topic) {
        super(
                "Event %s (seq %d) could not be published to topic '%s': %s"
                        .formatted(row.event(), row.seq(), row.event().topic(), cause.getMessage()),
                cause);
        this.refusal = refusal;
        this.topic = topic;
    }

    /** {@return why the event will fail each time; nothing if it may not} */
    public Optional<UnpublishableEventException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** {@return the topic that cannot be written to, if that is the cause} */
    public Optional<UnavailableTopicException> topic() {
        return Optional.ofNullable(topic);
    }
}
