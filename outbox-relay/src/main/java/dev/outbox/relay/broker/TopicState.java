package dev.outbox.relay.broker;

/**
 * What the broker says about a topic.
 *
 * @since 0.1.0
 */
public sealed interface TopicState {

    /** It exists, and this user may write to it. */
    record Writable() implements TopicState {}

    /**
     * It does not exist, or this user may not write to it.
     *
     * @param reason why, and what to do about it
     */
    record Unavailable(String reason) implements TopicState {}

    /** The broker has not answered yet, or does not. */
    record NotTold() implements TopicState {}
}
