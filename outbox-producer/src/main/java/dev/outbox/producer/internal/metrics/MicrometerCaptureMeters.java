package dev.outbox.producer.internal.metrics;

import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.metrics.EnumCounters;
import dev.outbox.internal.metrics.NamedMeters;
import dev.outbox.metrics.OutboxMeterConvention;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Registers all meters at once, so that each exists before it counts. */
final class MicrometerCaptureMeters implements CaptureMeters {

    private final NamedMeters meters;
    private final OutboxMeterConvention convention;
    private final Map<String, OfType> types = new ConcurrentHashMap<>();
    private final EnumCounters<RefusalReason> refused;

    /**
     * @param types the types that this service publishes
     */
    MicrometerCaptureMeters(MeterRegistry registry, OutboxMeterConvention convention, Collection<String> types) {
        this.meters = new NamedMeters(registry);
        this.convention = convention;
        types.forEach(this::of);
        this.refused = meters.counters(CaptureMeter.REFUSED, Tags.empty(), RefusalReason.class);
    }

    @Override
    public void captured(EventEnvelope event) {
        OfType type = of(event.type().name());
        type.captured().increment();
        type.payload().record(event.payload().size());
    }

    @Override
    public void refused(RefusalReason reason) {
        refused.add(reason, 1);
    }

    private OfType of(String type) {
        return types.computeIfAbsent(type, this::register);
    }

    private OfType register(String type) {
        Tags tags = convention.type(type);
        return new OfType(meters.counter(CaptureMeter.EVENTS, tags), meters.summary(CaptureMeter.PAYLOAD, tags));
    }

    private record OfType(Counter captured, DistributionSummary payload) {}
}
