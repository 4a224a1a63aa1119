package dev.outbox.inbox.container;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Turns the consumer back to what it has polled if the listener of the inbox itself fails, for instance as Kafka refuses a
 * commit. Nothing is skipped: what is done already comes again as a duplicate.
 */
final class InboxErrorHandler implements CommonErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(InboxErrorHandler.class);

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
        LOG.warn("What was polled from {} will be polled again", polled.partitions(), failure);
        polled.partitions().forEach(partition -> {
            List<? extends ConsumerRecord<?, ?>> records = polled.records(partition);
            consumer.seek(partition, records.get(0).offset());
        });
    }

    @Override
    public void handleOtherException(
            Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        LOG.warn("The inbox could not poll; it tries again", failure);
    }
}
