package dev.outbox.consumer.internal.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions that wait, each for its own time, with their polled records that are not done. Their consumer keeps polling, so
 * neither the other partitions nor the membership in the group suffer. The records stay in memory, because Kafka may take half
 * a second to bring them again. Thread-safe; each partition belongs to one thread.
 */
final class PartitionPauses {

    private final LongSupplier nanoTime;
    private final Map<TopicPartition, Pause> pauses = new ConcurrentHashMap<>();

    PartitionPauses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Lets a partition wait. */
    void begin(
            Consumer<?, ?> consumer,
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> records,
            Duration duration) {
        consumer.pause(List.of(partition));
        pauses.put(partition, new Pause(records, nanoTime.getAsLong() + duration.toNanos()));
    }

    /** {@return the records of this consumer's partitions that have waited long enough; those partitions no longer wait} */
    List<ConsumerRecord<byte[], byte[]>> end(Consumer<?, ?> consumer) {
        if (pauses.isEmpty()) {
            return List.of();
        }
        long now = nanoTime.getAsLong();
        List<TopicPartition> over = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (TopicPartition partition : consumer.assignment()) {
            Pause pause = pauses.get(partition);
            if (pause != null && pause.end() - now <= 0) {
                pauses.remove(partition);
                over.add(partition);
                records.addAll(pause.records());
            }
        }
        consumer.resume(over);
        return records;
    }

    /** Forgets partitions that are newly assigned, or no longer assigned: Kafka brings again what is not committed. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(pauses::remove);
    }

    private record Pause(List<ConsumerRecord<byte[], byte[]>> records, long end) {}
}
