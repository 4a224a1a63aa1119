package dev.outbox.relay.internal.micrometer;

import dev.outbox.internal.metrics.EnumCounters;
import dev.outbox.internal.metrics.NamedMeter;
import dev.outbox.internal.metrics.NamedMeters;
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
import dev.outbox.relay.internal.metrics.ReplayMeters;
import dev.outbox.relay.internal.metrics.SentPage;
import dev.outbox.relay.internal.micrometer.MeasuredPage.OfTopic;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Meters in a registry. The gauges of a lane that only its owner can tell are there while this relay owns the lane, so that
 * their sum and their maximum over all relays are right.
 */
final class MicrometerRelayMeters implements RelayMeters {

    private final NamedMeters meters;
    private final OutboxMeterConvention convention;
    private final Clock clock;
    private final AtomicInteger owned = new AtomicInteger();
    private final EnumCounters<LaneLoss> lost;
    private final EnumCounters<ParkingKind> parkings;
    private final EnumCounters<ReleaseKind> releases;
    private final Map<String, OfTopic> topics = new ConcurrentHashMap<>();
    private final LaneGauges waits;
    private final LaneGauges ofOwner;
    private final RunningReplays replays;

    MicrometerRelayMeters(MeterRegistry registry, OutboxMeterConvention convention, Clock clock) {
        this.meters = new NamedMeters(registry);
        this.convention = convention;
        this.clock = clock;
        this.lost = meters.counters(RelayMeter.LANES_LOST, Tags.empty(), LaneLoss.class);
        this.parkings = meters.counters(RelayMeter.PARKINGS, Tags.empty(), ParkingKind.class);
        this.releases = meters.counters(RelayMeter.RELEASES, Tags.empty(), ReleaseKind.class);
        this.waits = new LaneGauges(registry, this::waits);
        this.ofOwner = new LaneGauges(registry, this::ofOwner);
        this.replays = new RunningReplays(meters);
        meters.gauge(RelayMeter.LANES_OWNED, Tags.empty(), owned::get);
    }

    @Override
    public void lanes(IntSupplier unowned) {
        meters.gauge(RelayMeter.LANES_UNOWNED, Tags.empty(), unowned::getAsInt);
    }

    @Override
    public ReplayMeters replay(long events) {
        return replays.begin(events);
    }

    @Override
    public LaneMeters lane(int lane, LaneReadings readings) {
        return new Lane(lane, readings);
    }

    private List<Meter> waits(int lane, Supplier<LaneReadings> readings) {
        return Arrays.stream(LaneWait.values())
                .map(reason -> meters.gauge(
                        RelayMeter.WAITING,
                        tags(lane).and("for", NamedMeter.tagValue(reason)),
                        () -> readings.get().waiting(reason)))
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
        return meters.gauge(meter, tags(lane), () -> value.applyAsDouble(readings.get()));
    }

    private OfTopic ofTopic(String topic) {
        return topics.computeIfAbsent(topic, this::register);
    }

    private OfTopic register(String topic) {
        Tags tags = convention.topic(topic);
        return new OfTopic(meters.counter(RelayMeter.PUBLISHED, tags), meters.timer(RelayMeter.PUBLISH_DELAY, tags));
    }

    private static Tags tags(int lane) {
        return Tags.of("lane", Integer.toString(lane));
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
            lost.add(reason, 1);
        }

        @Override
        public void ended() {
            owns(false);
            waits.hide(number, readings);
        }

        @Override
        public void parked(ParkingKind kind, long events) {
            parkings.add(kind, events);
        }

        @Override
        public void released(ReleaseKind kind, long events) {
            releases.add(kind, events);
        }

        @Override
        public SentPage sending(List<OutboxRow> rows) {
            return new MeasuredPage(rows, MicrometerRelayMeters.this::ofTopic, clock);
        }
    }
}
