package dev.outbox.relay.broker;

/**
 * Receives the outcome of each event that was handed to an {@link EventPublisher}, once per event.
 *
 * <p>Called on the publisher's own thread, which serves all lanes: implementations return at once, do no I/O and throw
 * nothing.
 *
 * @since 0.1.0
 */
public interface Acks {

    /** The event is in Kafka, on all in-sync replicas. */
    void acknowledged();

    /** The event may or may not be in Kafka, and no event sent after it will be, until {@link EventPublisher#reset()}. */
    void failed(PublishingFailedException cause);
}
