package dev.outbox.consumer.internal.handler;

import dev.outbox.consumer.internal.record.InboxRecord;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.kafka.support.micrometer.KafkaListenerObservation;
import org.springframework.kafka.support.micrometer.KafkaListenerObservation.DefaultKafkaListenerObservationConvention;
import org.springframework.kafka.support.micrometer.KafkaRecordReceiverContext;

/**
 * Observes each handled record, as Spring Kafka does for each call of a record listener. The trace of the record continues in
 * its handlers, and in the events that they raise.
 */
public final class ObservedRecordScope implements RecordScope {

    private final ObservationRegistry registry;
    private final String listener;
    private final String group;

    public ObservedRecordScope(ObservationRegistry registry, String listener, String group) {
        this.registry = registry;
        this.listener = listener;
        this.group = group;
    }

    @Override
    public void run(InboxRecord received, Runnable handlers) {
        KafkaListenerObservation.LISTENER_OBSERVATION
                .observation(
                        null,
                        DefaultKafkaListenerObservationConvention.INSTANCE,
                        () -> new KafkaRecordReceiverContext(received.kafkaRecord(), listener, null, group, () -> null),
                        registry)
                .observe(handlers);
    }
}
