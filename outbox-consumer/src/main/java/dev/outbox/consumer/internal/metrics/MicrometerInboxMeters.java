package dev.outbox.consumer.internal.metrics;

import dev.outbox.consumer.internal.parking.ParkedBacklogs;
import dev.outbox.consumer.parking.ParkingCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Registers all meters of a consumer when they are first asked for, so that each meter exists before it counts. */
final class MicrometerInboxMeters implements InboxMeters {

    private static final String PREFIX = "outbox.inbox.";

    private final MeterRegistry registry;
    private final Supplier<ParkedBacklogs> parked;
    private final Map<String, ConsumerMeters> consumers = new ConcurrentHashMap<>();

    MicrometerInboxMeters(MeterRegistry registry, Supplier<ParkedBacklogs> parked) {
        this.registry = registry;
        this.parked = parked;
    }

    @Override
    public ConsumerMeters of(String consumer) {
        return consumers.computeIfAbsent(consumer, this::register);
    }

    private ConsumerMeters register(String consumer) {
        Gauge.builder(PREFIX + "parked", () -> parked.get().of(consumer).events())
                .description("Events that are parked now")
                .tag("consumer", consumer)
                .register(registry);
        TimeGauge.builder(
                        PREFIX + "parked.age",
                        () -> parked.get().of(consumer).age().toMillis(),
                        TimeUnit.MILLISECONDS)
                .description("How long the oldest of them has been parked")
                .tag("consumer", consumer)
                .register(registry);
        return new Meters(
                byTag(
                        RecordOutcome.class,
                        "records",
                        "outcome",
                        "Records that the consumer has finished with",
                        consumer),
                byTag(ParkingCause.class, "parkings", "cause", "Records that were parked", consumer),
                byTag(ReleaseOutcome.class, "releases", "outcome", "Parked events that had their turn", consumer),
                counter("retries", "Failed events that are tried again", consumer),
                counter("outages", "Waits of a partition for the database or the broker", consumer),
                counter("gaps.passed", "Events that were admitted although an earlier one is missing", consumer));
    }

    private Counter counter(String name, String description, String consumer) {
        return Counter.builder(PREFIX + name)
                .description(description)
                .tag("consumer", consumer)
                .register(registry);
    }

    private <E extends Enum<E>> Map<E, Counter> byTag(
            Class<E> values, String name, String tag, String description, String consumer) {
        Map<E, Counter> counters = new EnumMap<>(values);
        for (E value : values.getEnumConstants()) {
            counters.put(
                    value,
                    Counter.builder(PREFIX + name)
                            .description(description)
                            .tag("consumer", consumer)
                            .tag(tag, value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .register(registry));
        }
        return counters;
    }

    private record Meters(
            Map<RecordOutcome, Counter> records,
            Map<ParkingCause, Counter> parkings,
            Map<ReleaseOutcome, Counter> releases,
            Counter retries,
            Counter outages,
            Counter gapsPassed)
            implements ConsumerMeters {

        @Override
        public void done(RecordOutcome outcome, long count) {
            increment(records, outcome, count);
        }

        @Override
        public void parked(ParkingCause cause) {
            increment(parkings, cause, 1);
        }

        @Override
        public void released(ReleaseOutcome outcome) {
            increment(releases, outcome, 1);
        }

        @Override
        public void retried() {
            retries.increment();
        }

        @Override
        public void outage() {
            outages.increment();
        }

        @Override
        public void gapPassed() {
            gapsPassed.increment();
        }

        private static <E> void increment(Map<E, Counter> counters, E value, long count) {
            Counter counter = counters.get(value);
            if (counter != null) {
                counter.increment((double) count);
            }
        }
    }
}
