package dev.outbox.relay.internal.log;

/** Which events are in Kafka, whatever their bucket, by the durable positions of the lanes. */
public sealed interface PublishedEvents {

    /**
     * Every event that is visible in the snapshot is in Kafka.
     *
     * @param snapshot what the positions of all lanes have in common
     */
    record Upto(Snapshot snapshot) implements PublishedEvents {}

    /**
     * Not known of any event.
     *
     * @param reason what is missing
     */
    record Unknown(String reason) implements PublishedEvents {}
}
