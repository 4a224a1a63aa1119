package dev.outbox.consumer.internal.metrics;

import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.internal.metrics.NamedMeter;
import dev.outbox.metrics.OutboxMeterConvention;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Registers all meters of a consumer when they are first asked for, so that each meter exists before it counts. */
final class MicrometerInboxMeters implements InboxMeters {

    private final MeterRegistry registry;
    private final OutboxMeterConvention convention;
    private final @Nullable ParkedWatch parked;
    private final Clock clock;
    private final Map<String, ConsumerMeters> consumers = new ConcurrentHashMap<>();

    /**
     * @param parked null if the service has no store for parked events
     */
    MicrometerInboxMeters(
            MeterRegistry registry, OutboxMeterConvention convention, @Nullable ParkedWatch parked, Clock clock) {
        this.registry = registry;
        this.convention = convention;
        this.parked = parked;
        this.clock = clock;
    }

    @Override
    public ConsumerMeters of(String consumer) {
        return consumers.computeIfAbsent(consumer, OfConsumer::new);
    }

    private final class OfConsumer implements ConsumerMeters {

        private final String consumer;
        private final Tags tags;
        private final Map<RecordOutcome, Counter> records;
        private final Map<ParkingCause, Counter> parkings;
        private final Map<ReleaseOutcome, Counter> releases;
        private final Counter retries;
        private final Counter outages;
        private final Counter gapsPassed;
        private final Timer handleDelay;
        private final List<DoubleSupplier> lags = new CopyOnWriteArrayList<>();

        OfConsumer(String consumer) {
            this.consumer = consumer;
            this.tags = convention.consumer(consumer);
            this.records = counters(InboxMeter.RECORDS, RecordOutcome.class);
            this.parkings = counters(InboxMeter.PARKINGS, ParkingCause.class);
            this.releases = counters(InboxMeter.RELEASES, ReleaseOutcome.class);
            this.retries = counter(InboxMeter.RETRIES, tags);
            this.outages = counter(InboxMeter.OUTAGES, tags);
            this.gapsPassed = counter(InboxMeter.GAPS_PASSED, tags);
            this.handleDelay = Timer.builder(InboxMeter.HANDLE_DELAY.meterName())
                    .description(InboxMeter.HANDLE_DELAY.description())
                    .tags(tags)
                    .register(registry);
            if (parked != null) {
                watch(parked);
            }
        }

        private void watch(ParkedWatch watch) {
            watch.watch(consumer);
            gauge(InboxMeter.PARKED, () -> watch.events(consumer));
            TimeGauge.builder(InboxMeter.PARKED_AGE.meterName(), () -> watch.age(consumer), TimeUnit.SECONDS)
                    .description(InboxMeter.PARKED_AGE.description())
                    .tags(tags)
                    .register(registry);
        }

        @Override
        public void done(RecordOutcome outcome, long count) {
            increment(records, outcome, count);
        }

        @Override
        public void handled(@Nullable Instant raisedAt) {
            if (raisedAt != null) {
                Duration delay = Duration.between(raisedAt, clock.instant());
                // The clock of the producer may be ahead.
                handleDelay.record(delay.isNegative() ? Duration.ZERO : delay);
            }
        }

        @Override
        public void lag(DoubleSupplier behind) {
            lags.add(behind);
            gauge(
                    InboxMeter.LAG,
                    () -> lags.stream().mapToDouble(DoubleSupplier::getAsDouble).sum());
        }

        @Override
        public void parked(ParkingCause cause) {
            increment(parkings, cause, 1);
            changed();
        }

        @Override
        public void released(ReleaseOutcome outcome) {
            increment(releases, outcome, 1);
            changed();
        }

        @Override
        public void discarded() {
            changed();
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

        private void changed() {
            if (parked != null) {
                parked.changed(consumer);
            }
        }

        private void gauge(InboxMeter meter, DoubleSupplier value) {
            Gauge.builder(meter.meterName(), value::getAsDouble)
                    .description(meter.description())
                    .tags(tags)
                    .register(registry);
        }

        private <E extends Enum<E>> Map<E, Counter> counters(InboxMeter meter, Class<E> values) {
            String tag = meter.tags().get(1);
            Map<E, Counter> counters = new EnumMap<>(values);
            for (E value : values.getEnumConstants()) {
                counters.put(value, counter(meter, tags.and(tag, NamedMeter.tagValue(value))));
            }
            return counters;
        }

        private Counter counter(InboxMeter meter, Tags all) {
            return Counter.builder(meter.meterName())
                    .description(meter.description())
                    .tags(all)
                    .register(registry);
        }

        private static <E> void increment(Map<E, Counter> counters, E value, long count) {
            Counter counter = counters.get(value);
            if (counter != null) {
                counter.increment((double) count);
            }
        }
    }
}
