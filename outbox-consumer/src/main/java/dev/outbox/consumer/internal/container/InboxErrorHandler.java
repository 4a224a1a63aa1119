package dev.outbox.consumer.internal.container;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Seeks the consumer back to what it has polled if the listener of the inbox itself fails, for example because Kafka refuses a
 * commit, or if an interceptor of the application fails. After a pause, the records are polled again. Nothing is skipped: what
 * is already done comes again as a duplicate.
 */
final class InboxErrorHandler implements CommonErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(InboxErrorHandler.class);

    private final PartitionPauses pauses;
    private final Duration pause;

    /** @param pause how long a partition waits */
    InboxErrorHandler(PartitionPauses pauses, Duration pause) {
        this.pauses = pauses;
        this.pause = pause;
    }

    @Override
    public boolean seeksAfterHandling() {
        return true;
    }

    @Override
    public void handleBatch(
            Exception failure,
            ConsumerRecords<?, ?> polled,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        LOG.warn(
                "The records polled from {} will be polled again in {} ms",
                polled.partitions(),
                pause.toMillis(),
                failure);
        polled.partitions().forEach(partition -> {
            List<? extends ConsumerRecord<?, ?>> records = polled.records(partition);
            consumer.seek(partition, records.get(0).offset());
            pauses.begin(consumer, partition, List.of(), pause);
        });
    }

    @Override
    public void handleOtherException(
            Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        LOG.warn("The inbox could not poll; it tries again", failure);
    }
}
