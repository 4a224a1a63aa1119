package dev.outbox.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was done in a run, and when, for those who have to find out what went wrong. Thread-safe. */
final class Story {

    private final long start = System.nanoTime();
    private final List<String> lines = new ArrayList<>();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    synchronized void tell(String line) {
        lines.add("%7.2f s  %s".formatted((System.nanoTime() - start) / 1e9, line));
    }

    synchronized void count(Kind kind) {
        counts.merge(kind, 1, Integer::sum);
    }

    /** {@return how often what was done} */
    synchronized Map<Kind, Integer> counts() {
        return Map.copyOf(counts);
    }

    @Override
    public synchronized String toString() {
        return String.join("\n", lines);
    }
}
