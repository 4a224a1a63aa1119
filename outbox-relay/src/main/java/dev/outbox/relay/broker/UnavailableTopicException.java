package dev.outbox.relay.broker;

/**
 * The broker says that a topic cannot be written to: it does not exist, or this user may not write to it. No event causes
 * this, and it says nothing about other topics; it is over as soon as the topic is created or the right is granted.
 *
 * @since 0.1.0
 */
public final class UnavailableTopicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String topic;
    private final String reason;

    /**
     * @param topic the topic
     * @param reason why, and what to do about it
     */
    public UnavailableTopicException(String topic, String reason) {
        super("Topic '%s' cannot be written to: %s".formatted(topic, reason));
        this.topic = topic;
        this.reason = reason;
    }

    /** {@return the topic} */
    public String topic() {
        return topic;
    }

    /** {@return why it cannot be written to, and what to do about it} */
    public String reason() {
        return reason;
    }
}
