package dev.outbox.inbox;

import dev.outbox.upcast.PayloadReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.MessageListener;

/**
 * Takes records from Kafka and hands those to the {@link InboxProcessor} that are events with a handler. All others are
 * ignored: a topic may carry more than a service cares for.
 */
final class InboxListener implements MessageListener<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(InboxListener.class);

    private final PayloadReader payloads;
    private final InboxProcessor processor;

    InboxListener(PayloadReader payloads, InboxProcessor processor) {
        this.payloads = payloads;
        this.processor = processor;
    }

    @Override
    public void onMessage(ConsumerRecord<byte[], byte[]> kafkaRecord) {
        InboxRecord inboxRecord = new InboxRecord(kafkaRecord);
        InboxOutcome outcome = receive(inboxRecord);
        LOG.debug("{}: {}", inboxRecord, outcome);
    }

    private InboxOutcome receive(InboxRecord inboxRecord) {
        if (!inboxRecord.isEvent()) {
            return new InboxOutcome.Ignored("not a CloudEvent in binary mode");
        }
        if (!payloads.understands(inboxRecord.type())) {
            return new InboxOutcome.Ignored("no handler for this type");
        }
        return processor.process(inboxRecord.toEvent());
    }
}
