package dev.outbox.consumer.internal.container;

import dev.outbox.consumer.internal.record.InboxRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far each partition of a poll has come. For use by one thread. */
final class Progress {

    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    private final Map<TopicPartition, Hold> holds = new HashMap<>();

    /**
     * Notes that a transaction with this event is committed. Call it for the events of a partition in their order: a record is
     * done with the last of its events.
     */
    void done(InboxRecord received) {
        if (!received.isLast()) {
            return;
        }
        ConsumerRecord<?, ?> polled = received.kafkaRecord();
        done.put(partitionOf(polled), new OffsetAndMetadata(polled.offset() + 1, polled.leaderEpoch(), ""));
    }

    /** Notes that a partition continues at this record, after a pause. */
    void hold(ConsumerRecord<?, ?> polled, Duration pause) {
        holds.putIfAbsent(partitionOf(polled), new Hold(polled.offset(), pause));
    }

    /** {@return whether a partition did not reach the end of the poll} */
    boolean holds(TopicPartition partition) {
        return holds.containsKey(partition);
    }

    /** {@return the offset that each partition may commit} */
    Map<TopicPartition, OffsetAndMetadata> done() {
        return done;
    }

    /** {@return the partitions that did not reach the end of the poll} */
    Map<TopicPartition, Hold> holds() {
        return holds;
    }

    private static TopicPartition partitionOf(ConsumerRecord<?, ?> polled) {
        return new TopicPartition(polled.topic(), polled.partition());
    }

    /**
     * Where a partition continues.
     *
     * @param offset the first offset that is not done
     * @param pause how long it waits
     */
    record Hold(long offset, Duration pause) {

        /** {@return the records that the partition continues with} */
        <R extends ConsumerRecord<?, ?>> List<R> of(TopicPartition partition, List<R> records) {
            return records.stream()
                    .filter(polled -> polled.partition() == partition.partition()
                            && polled.offset() >= offset
                            && polled.topic().equals(partition.topic()))
                    .toList();
        }
    }
}
