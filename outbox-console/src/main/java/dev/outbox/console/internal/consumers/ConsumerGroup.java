package dev.outbox.console.internal.consumers;

/**
 * A consumer group, and how far it is behind in a topic.
 *
 * @param group its name
 * @param topic the topic
 * @param partitions in how many partitions of the topic it has committed an offset
 * @param lag how many records in these partitions it has not finished with
 * @param members how many consumers it has now
 */
public record ConsumerGroup(String group, String topic, int partitions, long lag, int members) {

    /** {@return whether records wait, and nobody reads them} */
    boolean isAbandoned() {
        return members == 0 && lag > 0;
    }
}
