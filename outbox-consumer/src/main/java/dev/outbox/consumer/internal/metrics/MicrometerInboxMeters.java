package dev.outbox.consumer.internal.metrics;

import dev.outbox.consumer.internal.parking.ParkedWatch;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.internal.metrics.EnumCounters;
import dev.outbox.internal.metrics.NamedMeters;
import dev.outbox.metrics.OutboxMeterConvention;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Registers all meters of a consumer when they are first asked for, so that each meter exists before it counts. */
final class MicrometerInboxMeters implements InboxMeters {

    private final NamedMeters meters;
    private final OutboxMeterConvention convention;
    private final @Nullable ParkedWatch parked;
    private final Clock clock;
    private final Map<String, ConsumerMeters> consumers = new ConcurrentHashMap<>();

    /**
     * @param parked null if the service has no store for parked events
     */
    MicrometerInboxMeters(
            MeterRegistry registry, OutboxMeterConvention convention, @Nullable ParkedWatch parked, Clock clock) {
        this.meters = new NamedMeters(registry);
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
        private final EnumCounters<RecordOutcome> records;
        private final EnumCounters<ParkingCause> parkings;
        private final EnumCounters<ReleaseOutcome> releases;
        private final Counter retries;
        private final Counter outages;
        private final Counter gapsPassed;
        private final Timer handleDelay;
        private final List<DoubleSupplier> lags = new CopyOnWriteArrayList<>();

        OfConsumer(String consumer) {
            this.consumer = consumer;
            this.tags = convention.consumer(consumer);
            this.records = meters.counters(InboxMeter.RECORDS, tags, RecordOutcome.class);
            this.parkings = meters.counters(InboxMeter.PARKINGS, tags, ParkingCause.class);
            this.releases = meters.counters(InboxMeter.RELEASES, tags, ReleaseOutcome.class);
            this.retries = meters.counter(InboxMeter.RETRIES, tags);
            this.outages = meters.counter(InboxMeter.OUTAGES, tags);
            this.gapsPassed = meters.counter(InboxMeter.GAPS_PASSED, tags);
            this.handleDelay = meters.timer(InboxMeter.HANDLE_DELAY, tags);
            if (parked != null) {
                watch(parked);
            }
        }

        private void watch(ParkedWatch watch) {
            watch.watch(consumer);
            meters.gauge(InboxMeter.PARKED, tags, () -> watch.events(consumer));
            meters.gauge(InboxMeter.PARKED_AGE, tags, () -> watch.age(consumer));
        }

        @Override
        public void done(RecordOutcome outcome, long count) {
            records.add(outcome, count);
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
            meters.gauge(
                    InboxMeter.LAG,
                    tags,
                    () -> lags.stream().mapToDouble(DoubleSupplier::getAsDouble).sum());
        }

        @Override
        public void parked(ParkingCause cause) {
            parkings.add(cause, 1);
            changed();
        }

        @Override
        public void released(ReleaseOutcome outcome) {
            releases.add(outcome, 1);
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
    }
}
