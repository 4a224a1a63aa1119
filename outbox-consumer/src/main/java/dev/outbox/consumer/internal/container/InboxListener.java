package dev.outbox.consumer.internal.container;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Takes the records of a poll from Kafka, has them delivered, and only then commits the offsets of those that are done. It
 * commits them itself, because a poll may be done only in part. A partition that has to wait is paused with the rest of its
 * records. They are delivered again before the poll after its pause, when {@link Redelivery} is called.
 */
final class InboxListener
        implements BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]>, ConsumerAwareRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(InboxListener.class);

    private final InboxDelivery delivery;
    private final PartitionPauses pauses;
    private final Duration pause;
    private final OffsetCommits commits = new OffsetCommits();

    /**
     * @param pause how long a partition waits if the delivery itself fails
     */
    InboxListener(InboxDelivery delivery, PartitionPauses pauses, Duration pause) {
        this.delivery = delivery;
        this.pauses = pauses;
        this.pause = pause;
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<byte[], byte[]>> polled,
            @Nullable Acknowledgment notUsed,
            @Nullable Consumer<?, ?> consumer) {
        if (consumer == null) {
            throw new IllegalStateException("The container of the inbox did not pass its consumer");
        }
        deliver(polled, consumer);
    }

    /**
     * {@return the records that have waited long enough, to be delivered now; also commits the offsets that could not be
     * committed}
     */
    List<ConsumerRecord<byte[], byte[]>> due(Consumer<?, ?> consumer) {
        commits.repeat(consumer);
        return pauses.end(consumer);
    }

    @Override
    public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    /** Delivers records, and commits the offsets of those that are done. */
    void deliver(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer) {
        proceed(records, progressOf(records), consumer);
    }

    /** Lets records wait because an interceptor has failed to take them. */
    void hold(List<ConsumerRecord<byte[], byte[]>> records, Throwable failure, Consumer<?, ?> consumer) {
        LOG.error("The interceptor of the application failed; the records to deliver again wait {}", pause, failure);
        proceed(records, held(records), consumer);
    }

    private void proceed(List<ConsumerRecord<byte[], byte[]>> records, Progress progress, Consumer<?, ?> consumer) {
        progress.holds()
                .forEach((partition, hold) ->
                        pauses.begin(consumer, partition, hold.of(partition, records), hold.pause()));
        commits.commit(consumer, progress.done());
    }

    /** Whatever is thrown, even an error, no record is passed over, and the consumer stays alive. */
    private Progress progressOf(List<ConsumerRecord<byte[], byte[]>> records) {
        try {
            return delivery.deliver(records);
        } catch (RuntimeException | Error failed) {
            LOG.error("The inbox itself failed; the polled records wait {}", pause, failed);
            return held(records);
        }
    }

    private Progress held(List<ConsumerRecord<byte[], byte[]>> records) {
        Progress none = new Progress();
        records.forEach(polled -> none.hold(polled, pause));
        return none;
    }

    private void forget(Collection<TopicPartition> partitions) {
        delivery.forget(partitions);
        pauses.forget(partitions);
        commits.forget(partitions);
    }
}
