package dev.outbox.producer.internal.metrics;

import dev.outbox.internal.metrics.NamedMeter;
import java.util.List;

/** The meters of the capture of events. */
public enum CaptureMeter implements NamedMeter {
    EVENTS("events", "events", "Events that were committed to the outbox", "type"),
    PAYLOAD("payload", "bytes", "Size of the payload of a committed event", "type"),
    REFUSED("refused", "events", "Events that were refused, with an exception in the business transaction", "reason");

    private final String name;
    private final String unit;
    private final String description;
    private final String tags;

    CaptureMeter(String name, String unit, String description, String... tags) {
        this.name = "outbox.capture." + name;
        this.unit = unit;
        this.description = description;
        this.tags = String.join(",", tags);
    }

    @Override
    public String meterName() {
        return name;
    }

    @Override
    public String unit() {
        return unit;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<String> tags() {
        return NamedMeter.split(tags);
    }
}
