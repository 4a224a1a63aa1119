package dev.outbox.internal.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Registers meters under their names, with their descriptions. Thread-safe.
 *
 * @param registry where they are registered
 */
public record NamedMeters(MeterRegistry registry) {

    private static final String SECONDS = "seconds";
    private static final String BYTES = "bytes";

    /** {@return a counter} */
    public Counter counter(NamedMeter meter, Tags tags) {
        return Counter.builder(meter.meterName())
                .description(meter.description())
                .tags(tags)
                .register(registry);
    }

    /**
     * {@return a counter for each constant of an enum}
     *
     * @param meter the last of its tags is for the constants
     * @param tags all others
     */
    public <E extends Enum<E>> EnumCounters<E> counters(NamedMeter meter, Tags tags, Class<E> constants) {
        String tag = meter.tags().get(meter.tags().size() - 1);
        return EnumCounters.of(constants, constant -> counter(meter, tags.and(tag, NamedMeter.tagValue(constant))));
    }

    /** {@return a timer} */
    public Timer timer(NamedMeter meter, Tags tags) {
        return Timer.builder(meter.meterName())
                .description(meter.description())
                .tags(tags)
                .register(registry);
    }

    /** {@return a summary of sizes} */
    public DistributionSummary summary(NamedMeter meter, Tags tags) {
        return DistributionSummary.builder(meter.meterName())
                .description(meter.description())
                .baseUnit(baseUnit(meter))
                .tags(tags)
                .register(registry);
    }

    /** {@return a gauge, of time if its unit is seconds} */
    public Meter gauge(NamedMeter meter, Tags tags, DoubleSupplier value) {
        if (meter.unit().equals(SECONDS)) {
            return TimeGauge.builder(meter.meterName(), value::getAsDouble, TimeUnit.SECONDS)
                    .description(meter.description())
                    .tags(tags)
                    .register(registry);
        }
        return Gauge.builder(meter.meterName(), value::getAsDouble)
                .description(meter.description())
                .baseUnit(baseUnit(meter))
                .tags(tags)
                .register(registry);
    }

    /** Units of what is counted would only make names longer. */
    private static @Nullable String baseUnit(NamedMeter meter) {
        return meter.unit().equals(BYTES) ? BYTES : null;
    }
}
