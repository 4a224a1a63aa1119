package dev.outbox.eventstore.internal.projection;

import dev.outbox.internal.metrics.NamedMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.DoubleSupplier;

/** Registers all meters of a projection when it is found, so that each meter exists before it counts. */
final class MicrometerProjectionMeters implements ProjectionMeters {

    private final NamedMeters meters;
    private final Tags tags;
    private final Counter events;
    private final Counter retries;
    private final Counter skips;
    private final Counter swaps;

    MicrometerProjectionMeters(MeterRegistry registry, String projection) {
        this.meters = new NamedMeters(registry);
        this.tags = Tags.of("projection", projection);
        this.events = meters.counter(ProjectionMeter.EVENTS, tags);
        this.retries = meters.counter(ProjectionMeter.RETRIES, tags);
        this.skips = meters.counter(ProjectionMeter.SKIPS, tags);
        this.swaps = meters.counter(ProjectionMeter.SWAPS, tags);
    }

    @Override
    public void handled(long count) {
        events.increment((double) count);
    }

    @Override
    public void skipped(long count) {
        skips.increment((double) count);
    }

    @Override
    public void retried() {
        retries.increment();
    }

    @Override
    public void swapped() {
        swaps.increment();
    }

    @Override
    public void watch(DoubleSupplier lag, DoubleSupplier stopped, DoubleSupplier rebuilt) {
        meters.gauge(ProjectionMeter.LAG, tags, lag);
        meters.gauge(ProjectionMeter.STOPPED, tags, stopped);
        meters.gauge(ProjectionMeter.REBUILT, tags, rebuilt);
    }
}
