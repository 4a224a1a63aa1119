package dev.outbox.eventstore.internal.metrics;

import dev.outbox.internal.metrics.NamedMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;

/** Registers all meters at once, so that each exists before it counts. */
final class MicrometerEventStoreMeters implements EventStoreMeters {

    private final NamedMeters meters;

    /**
     * @param aggregates the event-sourced aggregate types
     */
    MicrometerEventStoreMeters(MeterRegistry registry, Collection<String> aggregates) {
        this.meters = new NamedMeters(registry);
        for (EventStoreMeter meter : EventStoreMeter.values()) {
            aggregates.forEach(aggregate -> count(meter, aggregate, 0));
        }
    }

    @Override
    public void conflict(String aggregate) {
        count(EventStoreMeter.CONFLICTS, aggregate, 1);
    }

    @Override
    public void snapshotTaken(String aggregate) {
        count(EventStoreMeter.SNAPSHOTS, aggregate, 1);
    }

    @Override
    public void snapshotFailed(String aggregate) {
        count(EventStoreMeter.SNAPSHOT_FAILURES, aggregate, 1);
    }

    @Override
    public void snapshotDiffers(String aggregate) {
        count(EventStoreMeter.SNAPSHOT_DIFFERENCES, aggregate, 1);
    }

    private void count(EventStoreMeter meter, String aggregate, int amount) {
        meters.counter(meter, Tags.of("aggregate", aggregate)).increment(amount);
    }
}
