package dev.outbox.internal.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A counter for each constant of an enum. Thread-safe. */
public final class EnumCounters<E extends Enum<E>> {

    private final Map<E, Counter> counters;

    private EnumCounters(Map<E, Counter> counters) {
        this.counters = counters;
    }

    static <E extends Enum<E>> EnumCounters<E> of(Class<E> constants, Function<E, Counter> counter) {
        Map<E, Counter> counters = new EnumMap<>(constants);
        for (E constant : constants.getEnumConstants()) {
            counters.put(constant, counter.apply(constant));
        }
        return new EnumCounters<>(counters);
    }

    /** Counts so many of a constant. */
    public void add(E constant, long amount) {
        Objects.requireNonNull(counters.get(constant)).increment((double) amount);
    }
}
