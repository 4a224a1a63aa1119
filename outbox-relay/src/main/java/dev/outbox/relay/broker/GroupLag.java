package dev.outbox.relay.broker;

/**
 * How far a consumer group is behind in a topic.
 *
 * @param group its name
 * @param topic the topic
 * @param partitions in how many partitions of the topic the group has committed an offset
 * @param lag how many records in these partitions it has not finished with; where it has never committed, nobody can say
 * @param members how many consumers it has now
 * @since 0.1.0
 */
public record GroupLag(String group, String topic, int partitions, long lag, int members) {}
