package dev.outbox.eventstore.internal.metrics;

import dev.outbox.internal.metrics.MeterText;
import dev.outbox.internal.metrics.NamedMeter;
import java.util.List;

/** The meters of the event store. */
public enum EventStoreMeter implements NamedMeter {
    CONFLICTS("conflicts", "commands", "Attempts of commands that came too late, because another one was faster"),
    SNAPSHOTS("snapshots", "snapshots", "Snapshots that were taken"),
    SNAPSHOT_FAILURES(
            "snapshot.failures", "snapshots", "Snapshots that could not be written; the command went on without"),
    SNAPSHOT_DIFFERENCES(
            "snapshot.differences",
            "snapshots",
            "Snapshots that differed from what their events make of the state; each was dropped");

    @SuppressWarnings("ImmutableEnumChecker") // a record whose list is unmodifiable
    private final MeterText text;

    EventStoreMeter(String name, String unit, String description) {
        this.text = new MeterText("outbox.eventstore." + name, unit, description, List.of("aggregate"));
    }

    @Override
    public MeterText text() {
        return text;
    }
}
