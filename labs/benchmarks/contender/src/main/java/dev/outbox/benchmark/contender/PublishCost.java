package dev.outbox.benchmark.contender;

import java.util.ArrayList;
import java.util.List;

/**
 * Transactions with and without an event, in {@link Slices}.
 *
 * @param contender whose events they are
 * @param rounds how often each kind gets a slice
 */
record PublishCost(Contender contender, int rounds) {

    /** Answers with one word per kind: its name, then the rate of each slice. */
    String measure(long firstBurst, int clients) throws Exception {
        List<Writing> kinds = new ArrayList<>(List.of(Writing.NOTHING, Writing.EVENT));
        for (Writing other : List.of(Writing.BY_HAND, Writing.PLAIN_ROW)) {
            if (isSupported(other)) {
                kinds.add(other);
            }
        }
        try (Clients all = new Clients(contender, firstBurst, clients)) {
            return Slices.of(kinds, rounds, kind -> all.run(kind, Slices.LENGTH));
        }
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
