package dev.outbox.relay.broker;

/** What the broker says of a topic. */
public sealed interface TopicState {

    /** It is there, and this user may write to it. */
    record Writable() implements TopicState {}

    /**
     * It is not there, or not for this user.
     *
     * @param reason why, and what to do about it
     */
    record Unavailable(String reason) implements TopicState {}

    /** The broker has not answered yet, or does not. */
    record NotTold() implements TopicState {}
}
