package dev.outbox.consumer.internal.handler;

import dev.outbox.consumer.internal.record.InboxRecord;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.micrometer.KafkaListenerObservation;
import org.springframework.kafka.support.micrometer.KafkaListenerObservation.DefaultKafkaListenerObservationConvention;
import org.springframework.kafka.support.micrometer.KafkaListenerObservationConvention;
import org.springframework.kafka.support.micrometer.KafkaRecordReceiverContext;

/**
 * Observes each handled record, as Spring Kafka does for each call of a record listener. The trace of the record continues in
 * its handlers, and in the events that they raise. {@link ObservationRegistry#NOOP} observes nothing.
 */
public final class RecordObservation {

    private final ObservationRegistry registry;
    private final @Nullable KafkaListenerObservationConvention convention;
    private final String listener;
    private final String group;

    /**
     * @param convention of the service; null for that of Spring Kafka
     */
    public RecordObservation(
            ObservationRegistry registry,
            @Nullable KafkaListenerObservationConvention convention,
            String listener,
            String group) {
        this.registry = registry;
        this.convention = convention;
        this.listener = listener;
        this.group = group;
    }

    /** Calls the handlers and passes on what they throw. */
    public void run(InboxRecord received, Runnable handlers) {
        KafkaListenerObservation.LISTENER_OBSERVATION
                .observation(
                        convention,
                        DefaultKafkaListenerObservationConvention.INSTANCE,
                        () -> new KafkaRecordReceiverContext(received.kafkaRecord(), listener, null, group, () -> null),
                        registry)
                .observe(handlers);
    }
}
