package dev.outbox.relay.broker;

import java.time.Instant;

/**
 * What a search for the record of an event has found.
 *
 * @since 0.1.0
 */
public sealed interface RecordSearch {

    /**
     * The record is in Kafka.
     *
     * @param topic its topic
     * @param partition its partition
     * @param offset its offset; the first one, if the event is there more than once
     * @param timestamp when it was written, by the clock of the relay or of the broker
     */
    record Found(String topic, int partition, long offset, Instant timestamp) implements RecordSearch {}

    /**
     * It is not among the records that were looked at.
     *
     * @param looked how many records these were
     * @param complete whether they are all that there are since the event was raised
     */
    record NotFound(long looked, boolean complete) implements RecordSearch {}

    /**
     * Kafka has not answered.
     *
     * @param reason why
     */
    record NotKnown(String reason) implements RecordSearch {}
}
