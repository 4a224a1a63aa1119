package dev.outbox.benchmark.contender;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * Transactions with and without an event, in slices of one second that alternate, so that whatever else the machine does
 * falls on all of them alike.
 *
 * @param contender whose events they are
 * @param rounds how often each kind gets a slice
 */
record PublishCost(Contender contender, int rounds) {

    private static final Duration SLICE = Duration.ofSeconds(1);

    /** Answers with one word per kind: its name, then the rate of each slice. */
    String measure(long firstBurst, int clients) throws InterruptedException, ExecutionException {
        List<Writing> kinds = new ArrayList<>(List.of(Writing.NOTHING, Writing.EVENT));
        for (Writing other : List.of(Writing.BY_HAND, Writing.PLAIN_ROW)) {
            if (isSupported(other)) {
                kinds.add(other);
            }
        }
        Map<Writing, List<Double>> rates = new EnumMap<>(Writing.class);
        try (Clients all = new Clients(contender, firstBurst, clients)) {
            // The first round warms up; the order of the kinds turns, so that none always follows the same.
            for (int round = 0; round <= rounds; round++) {
                for (int i = 0; i < kinds.size(); i++) {
                    Writing kind = kinds.get((i + round) % kinds.size());
                    double rate = all.run(kind, SLICE);
                    if (round > 0) {
                        rates.computeIfAbsent(kind, key -> new ArrayList<>()).add(rate);
                    }
                }
            }
        }
        return rates.entrySet().stream()
                .map(entry -> entry.getKey() + ":"
                        + entry.getValue().stream().map(String::valueOf).collect(Collectors.joining(",")))
                .collect(Collectors.joining(" "));
    }

    private boolean isSupported(Writing kind) {
        try {
            contender.business().transaction().executeWithoutResult(status -> {
                kind.write(contender, new BenchmarkEvent(0), 1);
                status.setRollbackOnly();
            });
            return true;
        } catch (UnsupportedOperationException no) {
            return false;
        }
    }
}
