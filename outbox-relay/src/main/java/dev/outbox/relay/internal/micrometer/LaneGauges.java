package dev.outbox.relay.internal.micrometer;

import dev.outbox.relay.internal.metrics.LaneReadings;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A set of gauges for each lane that is shown. Lanes of one number follow each other; the one that was shown last is read, and
 * one that comes to its end after that hides nothing. Thread-safe.
 */
final class LaneGauges {

    private final MeterRegistry registry;
    private final BiFunction<Integer, Supplier<LaneReadings>, List<Meter>> registration;
    private final Map<Integer, Shown> shown = new HashMap<>();

    /**
     * @param registration registers the gauges of a lane, by its number
     */
    LaneGauges(MeterRegistry registry, BiFunction<Integer, Supplier<LaneReadings>, List<Meter>> registration) {
        this.registry = registry;
        this.registration = registration;
    }

    synchronized void show(int lane, LaneReadings readings) {
        Shown before = shown.get(lane);
        if (before == null) {
            Shown added = new Shown(readings);
            shown.put(lane, added);
            added.meters = registration.apply(lane, () -> added.readings);
        } else {
            before.readings = readings;
        }
    }

    synchronized void hide(int lane, LaneReadings readings) {
        Shown current = shown.get(lane);
        if (current != null && current.readings == readings) {
            shown.remove(lane);
            current.meters.forEach(registry::remove);
        }
    }

    private static final class Shown {

        private volatile LaneReadings readings;
        private List<Meter> meters = List.of();

        Shown(LaneReadings readings) {
            this.readings = readings;
        }
    }
}
