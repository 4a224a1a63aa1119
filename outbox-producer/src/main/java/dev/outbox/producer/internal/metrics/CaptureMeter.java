package dev.outbox.producer.internal.metrics;

import dev.outbox.internal.metrics.MeterText;
import dev.outbox.internal.metrics.NamedMeter;
import java.util.List;

/** The meters of the capture of events. */
public enum CaptureMeter implements NamedMeter {
    EVENTS("events", "events", "Events that were committed to the outbox", "type"),
    PAYLOAD("payload", "bytes", "Size of the payload of a committed event", "type"),
    REFUSED("refused", "events", "Events that were refused, with an exception in the business transaction", "reason");

    @SuppressWarnings("ImmutableEnumChecker") // a record whose list is unmodifiable
    private final MeterText text;

    CaptureMeter(String name, String unit, String description, String... tags) {
        this.text = new MeterText("outbox.capture." + name, unit, description, List.of(tags));
    }

    @Override
    public MeterText text() {
        return text;
    }
}
