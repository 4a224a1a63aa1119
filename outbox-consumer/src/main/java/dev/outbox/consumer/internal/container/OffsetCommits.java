package dev.outbox.consumer.internal.container;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the offsets of what is committed in the database. An offset that Kafka does not accept now is committed later, as
 * long as the partition stays. If the partition does not stay, the next consumer sees duplicates, which the guard drops.
 * Thread-safe.
 */
final class OffsetCommits {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommits.class);

    private final Map<TopicPartition, OffsetAndMetadata> pending = new ConcurrentHashMap<>();

    void commit(Consumer<?, ?> consumer, Map<TopicPartition, OffsetAndMetadata> offsets) {
        pending.putAll(offsets);
        repeat(consumer);
    }

    /** Commits offsets that could not be committed before. */
    void repeat(Consumer<?, ?> consumer) {
        if (pending.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> own = new HashMap<>(pending);
        own.keySet().retainAll(consumer.assignment());
        if (own.isEmpty()) {
            return;
        }
        try {
            commitSync(consumer, own);
            own.forEach(pending::remove);
        } catch (RebalanceInProgressException | RetriableException later) {
            LOG.debug("Offsets {} will be committed later", own, later);
        } catch (CommitFailedException lost) {
            own.forEach(pending::remove);
            LOG.info(
                    "The group has given the partitions {} to other consumers, which skip what is already done",
                    own.keySet());
        }
    }

    /** Forgets partitions that are no longer assigned. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(pending::remove);
    }

    private static void commitSync(Consumer<?, ?> consumer, Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets);
        } catch (WakeupException meantForThePoll) {
            consumer.commitSync(offsets);
        }
    }
}
