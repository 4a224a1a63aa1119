package dev.outbox.relay.internal.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Shows them as Micrometer does, with the client id as a tag: each lane has its own. */
final class KafkaMicrometerClientMeters implements KafkaClientMeters, AutoCloseable {

    private final MeterRegistry registry;

    /** Looks for metrics that clients add later, such as those of a topic. No bean, because Boot's own would step aside for it. */
    private final ScheduledExecutorService refreshes;

    KafkaMicrometerClientMeters(MeterRegistry registry) {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("outbox-client-metrics-");
        threads.setDaemon(true);
        this.registry = registry;
        this.refreshes = Executors.newSingleThreadScheduledExecutor(threads);
    }

    @Override
    public Runnable show(Producer<?, ?> producer) {
        KafkaClientMetrics metrics = new KafkaClientMetrics(producer, List.of(), refreshes);
        metrics.bindTo(registry);
        return metrics::close;
    }

    @Override
    public void close() {
        refreshes.shutdownNow();
    }
}
