package dev.outbox.relay.internal.micrometer;

import static dev.outbox.relay.TestEvents.TIME;
import static dev.outbox.relay.TestEvents.event;
import static dev.outbox.relay.TestEvents.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.metrics.OutboxMeterConvention;
import dev.outbox.relay.internal.metrics.LaneMeters;
import dev.outbox.relay.internal.metrics.LaneReadings;
import dev.outbox.relay.internal.metrics.LaneWait;
import dev.outbox.relay.internal.metrics.RelayMeters;
import dev.outbox.relay.internal.metrics.SentPage;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MicrometerRelayMetersTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SettableClock clock = new SettableClock();
    private final RelayMeters meters = new MicrometerRelayMeters(registry, OutboxMeterConvention.DEFAULT, clock);

    @Test
    void theEventsOfAPageAreCountedAndTimedByTopicUntilTheBrokerHasAllOfThem() {
        LaneMeters lane = meters.lane(0, new FixedReadings(0));
        SentPage page = lane.sending(List.of(
                row(1, event("orders", "a")),
                row(2, event("orders", "b")),
                row(3, event("bills", "c")),
                row(4, event("orders", "a"))));
        clock.now = TIME.plusSeconds(2);
        page.acknowledged();
        clock.now = TIME.plusSeconds(60);
        assertThat(registry.find("outbox.relay.published")
                        .tag("topic", "orders")
                        .counter())
                .as("counted before the position has passed it")
                .satisfies(counter -> assertThat(counter.count()).isZero());
        page.published();
        assertThat(registry.get("outbox.relay.published")
                        .tag("topic", "orders")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(registry.get("outbox.relay.published")
                        .tag("topic", "bills")
                        .counter()
                        .count())
                .isEqualTo(1);
        Timer delay = registry.get("outbox.relay.publish.delay")
                .tag("topic", "orders")
                .timer();
        assertThat(delay.count()).isEqualTo(3);
        assertThat(delay.totalTime(TimeUnit.SECONDS)).isEqualTo(6);
    }

    @Test
    void anEventOfAClockThatIsAheadIsCountedToo() {
        SentPage page = meters.lane(0, new FixedReadings(0)).sending(List.of(row(1, event("orders", "a"))));
        clock.now = TIME.minusSeconds(5);
        page.acknowledged();
        page.published();
        Timer delay = registry.get("outbox.relay.publish.delay").timer();
        assertThat(delay.count()).isOne();
        assertThat(delay.totalTime(TimeUnit.SECONDS)).isZero();
    }

    @Test
    void whatOnlyTheOwnerKnowsIsShownWhileTheLaneIsOwned() {
        LaneMeters lane = meters.lane(3, new FixedReadings(7));
        assertThat(names()).contains("outbox.relay.lane.waiting").doesNotContain("outbox.relay.pending");
        assertThat(owned()).isZero();

        lane.owns(true);
        lane.owns(true);
        assertThat(owned()).isOne();
        assertThat(registry.get("outbox.relay.pending").tag("lane", "3").gauge().value())
                .isEqualTo(7);

        lane.owns(false);
        assertThat(owned()).isZero();
        assertThat(names())
                .contains("outbox.relay.lane.waiting")
                .doesNotContain("outbox.relay.pending", "outbox.relay.pending.age", "outbox.relay.parked");
    }

    @Test
    void aLaneThatEndsIsShownNoMore() {
        LaneMeters lane = meters.lane(3, new FixedReadings(7));
        lane.owns(true);
        lane.ended();
        assertThat(owned()).isZero();
        assertThat(names()).doesNotContain("outbox.relay.lane.waiting", "outbox.relay.pending");
    }

    @Test
    void aLaneThatEndsLateHidesNothingOfItsSuccessor() {
        LaneMeters former = meters.lane(3, new FixedReadings(7));
        former.owns(true);
        LaneMeters successor = meters.lane(3, new FixedReadings(9));
        successor.owns(true);
        former.ended();
        assertThat(registry.get("outbox.relay.pending").tag("lane", "3").gauge().value())
                .isEqualTo(9);
        assertThat(registry.get("outbox.relay.lane.waiting").gauges()).hasSize(LaneWait.values().length);
        successor.ended();
        assertThat(names()).doesNotContain("outbox.relay.lane.waiting", "outbox.relay.pending");
    }

    @Test
    void aConventionNamesTheTagsThatDependOnTheService() {
        RelayMeters open = new MicrometerRelayMeters(registry, OutboxMeterConvention.openTelemetry(), clock);
        SentPage page = open.lane(0, new FixedReadings(0)).sending(List.of(row(1, event("orders", "a"))));
        page.acknowledged();
        page.published();
        assertThat(registry.get("outbox.relay.published")
                        .tags("messaging.system", "kafka", "messaging.destination.name", "orders")
                        .counter()
                        .count())
                .isOne();
    }

    private double owned() {
        return registry.get("outbox.relay.lanes.owned").gauge().value();
    }

    private Stream<String> names() {
        return registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName);
    }

    private static final class SettableClock extends Clock {

        private Instant now = TIME.plus(Duration.ofSeconds(1));

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private record FixedReadings(double pending) implements LaneReadings {

        @Override
        public double pendingAge() {
            return 0;
        }

        @Override
        public double waiting(LaneWait reason) {
            return 0;
        }

        @Override
        public double heldTopics() {
            return 0;
        }

        @Override
        public double heldTopicsAge() {
            return 0;
        }

        @Override
        public double parked() {
            return 0;
        }

        @Override
        public double parkedAge() {
            return 0;
        }
    }
}
