package dev.outbox.producer.internal.metrics;

import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.metrics.NamedMeter;
import dev.outbox.metrics.OutboxMeterConvention;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Registers all meters at once, so that each exists before it counts. */
final class MicrometerCaptureMeters implements CaptureMeters {

    private final MeterRegistry registry;
    private final OutboxMeterConvention convention;
    private final Map<String, OfType> types = new ConcurrentHashMap<>();
    private final Map<RefusalReason, Counter> refused = new EnumMap<>(RefusalReason.class);

    /**
     * @param types the types that this service publishes
     */
    MicrometerCaptureMeters(MeterRegistry registry, OutboxMeterConvention convention, Collection<String> types) {
        this.registry = registry;
        this.convention = convention;
        types.forEach(this::of);
        for (RefusalReason reason : RefusalReason.values()) {
            refused.put(reason, counter(CaptureMeter.REFUSED, Tags.of("reason", NamedMeter.tagValue(reason))));
        }
    }

    @Override
    public void captured(EventEnvelope event) {
        OfType meters = of(event.type().name());
        meters.captured().increment();
        meters.payload().record(event.payload().size());
    }

    @Override
    public void refused(RefusalReason reason) {
        Counter counter = refused.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    private OfType of(String type) {
        return types.computeIfAbsent(type, this::register);
    }

    private OfType register(String type) {
        Tags tags = convention.type(type);
        return new OfType(
                counter(CaptureMeter.EVENTS, tags),
                DistributionSummary.builder(CaptureMeter.PAYLOAD.meterName())
                        .description(CaptureMeter.PAYLOAD.description())
                        .baseUnit(CaptureMeter.PAYLOAD.unit())
                        .tags(tags)
                        .register(registry));
    }

    private Counter counter(CaptureMeter meter, Tags tags) {
        return Counter.builder(meter.meterName())
                .description(meter.description())
                .tags(tags)
                .register(registry);
    }

    private record OfType(Counter captured, DistributionSummary payload) {}
}
