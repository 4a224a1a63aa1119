package dev.outbox.inbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far each partition of a poll has come. For one thread. */
final class Progress {

    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    private final Map<TopicPartition, Hold> holds = new HashMap<>();

    /** Notes that a transaction with these records, in the order of each partition, is committed. */
    void done(List<InboxRecord> records) {
        for (InboxRecord received : records) {
            done.put(
                    received.partition(),
                    new OffsetAndMetadata(
                            received.offset() + 1, received.kafkaRecord().leaderEpoch(), ""));
        }
    }

    /** Notes that a partition goes on at this record, after a pause. */
    void hold(InboxRecord received, Duration pause) {
        holds.putIfAbsent(received.partition(), new Hold(received.offset(), pause));
    }

    boolean holds(TopicPartition partition) {
        return holds.containsKey(partition);
    }

    /** {@return the offset that each partition may commit} */
    Map<TopicPartition, OffsetAndMetadata> done() {
        return done;
    }

    /** {@return the partitions that did not come to the end of the poll} */
    Map<TopicPartition, Hold> holds() {
        return holds;
    }

    /**
     * Where a partition goes on.
     *
     * @param offset the first that is not done
     * @param pause how long it waits
     */
    record Hold(long offset, Duration pause) {

        /** {@return those of the records that the partition goes on with} */
        <R extends ConsumerRecord<?, ?>> List<R> of(TopicPartition partition, List<R> records) {
            return records.stream()
                    .filter(polled -> polled.partition() == partition.partition()
                            && polled.offset() >= offset
                            && polled.topic().equals(partition.topic()))
                    .toList();
        }
    }
}
