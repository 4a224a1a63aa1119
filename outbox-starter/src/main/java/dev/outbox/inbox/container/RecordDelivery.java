package dev.outbox.inbox.container;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What becomes of the records of a poll. Thread-safe, as a partition belongs to one thread. */
public interface RecordDelivery {

    /**
     * {@return how far each partition has come}
     *
     * <p>What is done is committed in the database, and its offsets may follow.
     *
     * @param polled those of each partition in their order
     */
    Progress deliver(List<? extends ConsumerRecord<?, byte[]>> polled);

    /** Forgets what is known of partitions that are assigned anew, or not any more. */
    void forget(Collection<TopicPartition> partitions);
}
