package dev.outbox.relay.internal.micrometer;

import dev.outbox.internal.metrics.NamedMeter;
import dev.outbox.metrics.OutboxMeterConvention;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.metrics.LaneLoss;
import dev.outbox.relay.internal.metrics.LaneMeters;
import dev.outbox.relay.internal.metrics.LaneReadings;
import dev.outbox.relay.internal.metrics.LaneWait;
import dev.outbox.relay.internal.metrics.ParkingKind;
import dev.outbox.relay.internal.metrics.RelayMeter;
import dev.outbox.relay.internal.metrics.RelayMeters;
import dev.outbox.relay.internal.metrics.ReleaseKind;
import dev.outbox.relay.internal.metrics.SentPage;
import dev.outbox.relay.internal.micrometer.MeasuredPage.OfTopic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Meters in a registry. The gauges of a lane that only its owner can tell are there while this relay owns the lane, so that
 * their sum and their maximum over all relays are right.
 */
final class MicrometerRelayMeters implements RelayMeters {

    private final MeterRegistry registry;
    private final OutboxMeterConvention convention;
    private final Clock clock;
    private final AtomicInteger owned = new AtomicInteger();
    private final Map<LaneLoss, Counter> lost;
    private final Map<ParkingKind, Counter> parkings;
    private final Map<ReleaseKind, Counter> releases;
    private final Map<String, OfTopic> topics = new ConcurrentHashMap<>();
    private final LaneGauges waits;
    private final LaneGauges ofOwner;

    MicrometerRelayMeters(MeterRegistry registry, OutboxMeterConvention convention, Clock clock) {
        this.registry = registry;
        this.convention = convention;
        this.clock = clock;
        this.lost = counters(RelayMeter.LANES_LOST, LaneLoss.class);
        this.parkings = counters(RelayMeter.PARKINGS, ParkingKind.class);
        this.releases = counters(RelayMeter.RELEASES, ReleaseKind.class);
        this.waits = new LaneGauges(registry, this::waits);
        this.ofOwner = new LaneGauges(registry, this::ofOwner);
        gauge(RelayMeter.LANES_OWNED, Tags.empty(), owned, AtomicInteger::get);
    }

    @Override
    public void lanes(IntSupplier unowned) {
        gauge(RelayMeter.LANES_UNOWNED, Tags.empty(), unowned, IntSupplier::getAsInt);
    }

    @Override
    public LaneMeters lane(int lane, LaneReadings readings) {
        return new Lane(lane, readings);
    }

    private List<Meter> waits(int lane, Supplier<LaneReadings> readings) {
        return Arrays.stream(LaneWait.values())
                .map(reason -> gauge(
                        RelayMeter.WAITING,
                        tags(lane).and("for", NamedMeter.tagValue(reason)),
                        readings,
                        known -> known.get().waiting(reason)))
                .toList();
    }

    private List<Meter> ofOwner(int lane, Supplier<LaneReadings> readings) {
        return List.of(
                ofOwner(RelayMeter.PENDING, lane, readings, LaneReadings::pending),
                ofOwner(RelayMeter.PENDING_AGE, lane, readings, LaneReadings::pendingAge),
                ofOwner(RelayMeter.TOPICS_HELD, lane, readings, LaneReadings::heldTopics),
                ofOwner(RelayMeter.TOPICS_HELD_AGE, lane, readings, LaneReadings::heldTopicsAge),
                ofOwner(RelayMeter.PARKED, lane, readings, LaneReadings::parked),
                ofOwner(RelayMeter.PARKED_AGE, lane, readings, LaneReadings::parkedAge));
    }

    private Meter ofOwner(
            RelayMeter meter, int lane, Supplier<LaneReadings> readings, ToDoubleFunction<LaneReadings> value) {
        return gauge(meter, tags(lane), readings, known -> value.applyAsDouble(known.get()));
    }

    private <T> Meter gauge(RelayMeter meter, Tags tags, T source, ToDoubleFunction<T> value) {
        if (meter.unit().equals("seconds")) {
            return TimeGauge.builder(meter.meterName(), () -> value.applyAsDouble(source), TimeUnit.SECONDS)
                    .description(meter.description())
                    .tags(tags)
                    .register(registry);
        }
        return Gauge.builder(meter.meterName(), () -> value.applyAsDouble(source))
                .description(meter.description())
                .tags(tags)
                .register(registry);
    }

    private <E extends Enum<E>> Map<E, Counter> counters(RelayMeter meter, Class<E> values) {
        Map<E, Counter> counters = new EnumMap<>(values);
        for (E value : values.getEnumConstants()) {
            counters.put(value, counter(meter, Tags.of(meter.tags().get(0), NamedMeter.tagValue(value))));
        }
        return counters;
    }

    private Counter counter(RelayMeter meter, Tags tags) {
        return Counter.builder(meter.meterName())
                .description(meter.description())
                .tags(tags)
                .register(registry);
    }

    private OfTopic ofTopic(String topic) {
        return topics.computeIfAbsent(topic, this::register);
    }

    private OfTopic register(String topic) {
        Tags tags = convention.topic(topic);
        return new OfTopic(
                counter(RelayMeter.PUBLISHED, tags),
                Timer.builder(RelayMeter.PUBLISH_DELAY.meterName())
                        .description(RelayMeter.PUBLISH_DELAY.description())
                        .tags(tags)
                        .register(registry));
    }

    private static Tags tags(int lane) {
        return Tags.of("lane", Integer.toString(lane));
    }

    private static <E> void increment(Map<E, Counter> counters, E value, long amount) {
        Counter counter = counters.get(value);
        if (counter != null) {
            counter.increment((double) amount);
        }
    }

    private final class Lane implements LaneMeters {

        private final int number;
        private final LaneReadings readings;
        private boolean isOwner;

        Lane(int number, LaneReadings readings) {
            this.number = number;
            this.readings = readings;
            waits.show(number, readings);
        }

        @Override
        public void owns(boolean now) {
            if (now && !isOwner) {
                owned.incrementAndGet();
                ofOwner.show(number, readings);
            } else if (!now && isOwner) {
                owned.decrementAndGet();
                ofOwner.hide(number, readings);
            }
            isOwner = now;
        }

        @Override
        public void lost(LaneLoss reason) {
            increment(lost, reason, 1);
        }

        @Override
        public void ended() {
            owns(false);
            waits.hide(number, readings);
        }

        @Override
        public void parked(ParkingKind kind, long events) {
            increment(parkings, kind, events);
        }

        @Override
        public void released(ReleaseKind kind, long events) {
            increment(releases, kind, events);
        }

        @Override
        public SentPage sending(List<OutboxRow> rows) {
            return new MeasuredPage(rows, MicrometerRelayMeters.this::ofTopic, clock);
        }
    }
}
