package dev.outbox.consumer.internal.container;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Handles the records of a poll. Thread-safe, because each partition belongs to one thread. */
public interface RecordDelivery {

    /**
     * {@return how far each partition has come}
     *
     * <p>What is done is committed in the database, and its offsets may be committed.
     *
     * @param polled the records, those of each partition in their order
     */
    Progress deliver(List<? extends ConsumerRecord<?, byte[]>> polled);

    /** Forgets what is known about partitions that are newly assigned, or no longer assigned. */
    void forget(Collection<TopicPartition> partitions);
}
