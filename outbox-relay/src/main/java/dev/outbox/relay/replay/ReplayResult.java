package dev.outbox.relay.replay;

import java.util.UUID;

/**
 * The result of a replay.
 *
 * @since 0.1.0
 */
public sealed interface ReplayResult {

    /** {@return the id of the replay, as in the header of its records} */
    UUID id();

    /** {@return how many events are known to be in Kafka once more} */
    long events();

    /** All selected events are in Kafka once more. */
    record Completed(UUID id, long events) implements ReplayResult {}

    /** It was stopped. The events that are counted are in Kafka once more, and no others. */
    record Stopped(UUID id, long events) implements ReplayResult {}

    /**
     * It ended early. Some events beyond those counted may be in Kafka, too; no more will follow.
     *
     * @param cause why, and what to do about it
     */
    record Incomplete(UUID id, long events, RuntimeException cause) implements ReplayResult {}
}
