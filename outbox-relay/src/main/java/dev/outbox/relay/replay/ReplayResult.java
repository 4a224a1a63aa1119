package dev.outbox.relay.replay;

import java.util.UUID;

/** What a replay has done. */
public sealed interface ReplayResult {

    /** {@return the replay, as the header of its records names it} */
    UUID id();

    /** {@return how many events are known to be in Kafka once more} */
    long events();

    /** All selected events are in Kafka once more. */
    record Completed(UUID id, long events) implements ReplayResult {}

    /**
     * It ended early. Some events beyond those counted may be in Kafka, too; nothing more will be.
     *
     * @param cause why, and what to do about it
     */
    record Incomplete(UUID id, long events, RuntimeException cause) implements ReplayResult {}
}
