package dev.outbox.benchmark.contender;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Slices of one second that alternate, so that whatever else the machine does falls on all kinds alike. */
final class Slices {

    static final Duration LENGTH = Duration.ofSeconds(1);

    private Slices() {}

    /** Measures one slice. */
    @FunctionalInterface
    interface Slice<K> {

        /** {@return the rate} */
        double of(K kind) throws Exception;
    }

    /**
     * {@return one word per kind: its name, then the rate of each slice}
     *
     * @param rounds how often each kind gets a slice
     */
    static <K extends Enum<K>> String of(List<K> kinds, int rounds, Slice<K> slice) throws Exception {
        Map<K, List<Double>> rates = new LinkedHashMap<>();
        // The first round warms up; the order of the kinds turns, so that none always follows the same.
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < kinds.size(); i++) {
                K kind = kinds.get((i + round) % kinds.size());
                double rate = slice.of(kind);
                if (round > 0) {
                    rates.computeIfAbsent(kind, key -> new ArrayList<>()).add(rate);
                }
            }
        }
        return rates.entrySet().stream()
                .map(entry -> entry.getKey() + ":"
                        + entry.getValue().stream().map(String::valueOf).collect(Collectors.joining(",")))
                .collect(Collectors.joining(" "));
    }
}
