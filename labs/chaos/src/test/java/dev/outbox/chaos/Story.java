package dev.outbox.chaos;

import java.util.ArrayList;
import java.util.List;

/** What was done in a run, and when, for those who have to find out what went wrong. Thread-safe. */
final class Story {

    private final long start = System.nanoTime();
    private final List<String> lines = new ArrayList<>();

    synchronized void tell(String line) {
        lines.add("%7.2f s  %s".formatted((System.nanoTime() - start) / 1e9, line));
    }

    @Override
    public synchronized String toString() {
        return String.join("\n", lines);
    }
}
