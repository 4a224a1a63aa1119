package dev.outbox.consumer.internal.processing;

import dev.outbox.consumer.versions.SeenVersion;
import dev.outbox.consumer.versions.SeenVersions;
import dev.outbox.event.EventType;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Remembers the versions that were read. Thread-safe. */
public final class VersionMemory implements SeenVersions {

    /** The types of a record come from others, so that there may be any number of them. */
    private static final int MOST = 1_000;

    private final Clock clock;
    private final Map<Version, Sightings> seen = new ConcurrentHashMap<>();

    public VersionMemory(Clock clock) {
        this.clock = clock;
    }

    /** Remembers that a consumer reads an event of this version. */
    public void seen(String consumer, EventType type) {
        Version version = new Version(consumer, type);
        Sightings sightings = seen.get(version);
        if (sightings == null) {
            if (seen.size() >= MOST) {
                return;
            }
            sightings = seen.computeIfAbsent(version, added -> new Sightings());
        }
        sightings.events.increment();
        sightings.lastMillis = clock.millis();
    }

    @Override
    public List<SeenVersion> all() {
        return seen.entrySet().stream()
                .map(entry -> new SeenVersion(
                        entry.getKey().consumer(),
                        entry.getKey().type(),
                        entry.getValue().events.sum(),
                        Instant.ofEpochMilli(entry.getValue().lastMillis)))
                .sorted(Comparator.comparing(SeenVersion::consumer)
                        .thenComparing(version -> version.type().name())
                        .thenComparing(version -> version.type().version()))
                .toList();
    }

    private record Version(String consumer, EventType type) {}

    private static final class Sightings {

        private final LongAdder events = new LongAdder();
        private volatile long lastMillis;
    }
}
