package dev.outbox.benchmark;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What has arrived on a topic: first occurrences, repetitions, and first occurrences behind a later event of their key. */
final class Arrivals {

    private final Map<Long, Long> firstMicros = new HashMap<>();
    private final Map<String, Long> lastOfKey = new HashMap<>();
    private long records;
    private long outOfOrder;

    void add(long number, long micros) {
        records++;
        if (firstMicros.putIfAbsent(number, micros) != null) {
            return;
        }
        long last = lastOfKey.merge(new BenchmarkEvent(number).key(), number, Math::max);
        if (last > number) {
            outOfOrder++;
        }
    }

    long records() {
        return records;
    }

    long duplicates() {
        return records - firstMicros.size();
    }

    long outOfOrder() {
        return outOfOrder;
    }

    long missing(Stream<Long> expected) {
        return expected.filter(number -> !firstMicros.containsKey(number)).count();
    }

    /** {@return when each event was first there, in microseconds since the epoch} */
    Map<Long, Long> firstMicros() {
        return firstMicros;
    }
}
