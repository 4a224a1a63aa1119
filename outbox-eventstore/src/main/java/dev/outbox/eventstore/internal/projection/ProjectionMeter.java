package dev.outbox.eventstore.internal.projection;

import dev.outbox.internal.metrics.MeterText;
import dev.outbox.internal.metrics.NamedMeter;
import java.util.List;

/** The meters of a projection. */
public enum ProjectionMeter implements NamedMeter {
    EVENTS("events", "events", "Events that this instance has handled and committed, including those of rebuilds"),
    LAG("lag", "seconds", "Time since the lanes that this instance fills had handled all events"),
    STOPPED("stopped", "lanes", "Lanes of this instance that have stopped at an event"),
    RETRIES("retries", "events", "Failed events that are tried again"),
    SKIPS("skips", "events", "Events that were passed over by decision"),
    REBUILT("rebuilt", "share", "How much of a rebuild is done, from 0 to 1; 1 if there is none"),
    SWAPS("swaps", "times", "Rebuilt tables that have taken the place of others, by this instance");

    @SuppressWarnings("ImmutableEnumChecker") // a record whose list is unmodifiable
    private final MeterText text;

    ProjectionMeter(String name, String unit, String description) {
        this.text = new MeterText("outbox.projection." + name, unit, description, List.of("projection"));
    }

    @Override
    public MeterText text() {
        return text;
    }
}
