package dev.outbox.benchmark;

import java.util.List;
import java.util.Map;

/**
 * Transactions per second of four clients, the relay being stopped: with an event, with the same row inserted by hand, with
 * a plain row, and with none of them.
 *
 * @param rounds slices of one second of each kind
 */
record PublishScenario(int rounds) implements Scenario {

    private static final int CLIENTS = 4;

    /** No slice has more transactions. */
    private static final long MOST_PER_SECOND = 50_000;

    @Override
    public String name() {
        return "publish";
    }

    @Override
    public boolean suits(Entry entry) {
        return entry.isUnderJpa() || (entry.hasTable() && !entry.isDefaults() && !entry.isSidecar());
    }

    @Override
    public boolean isOnce() {
        return true;
    }

    @Override
    public void run(Candidate candidate, Results results) throws Exception {
        candidate.relay(false);
        candidate.clear();
        candidate.settle();
        long burst = candidate.burstFor(CLIENTS);
        String answer = candidate.service("slices " + burst + " " + CLIENTS + " " + rounds);
        candidate.reserve(MOST_PER_SECOND * rounds * 4);
        candidate.clear();
        note(Rates.of(answer), results.sheet(candidate, name()));
    }

    private static void note(Map<String, List<Double>> rates, Results.Sheet sheet) {
        List<Double> event = rates.getOrDefault("EVENT", List.of());
        List<Double> nothing = rates.getOrDefault("NOTHING", List.of());
        sheet.add("transactions_per_second_with_event", Results.median(event));
        sheet.add("transactions_per_second_without", Results.median(nothing));
        sheet.add("ratio_to_none", Rates.ratio(event, nothing));
        List<Double> byHand = rates.get("BY_HAND");
        if (byHand != null) {
            sheet.add("transactions_per_second_by_hand", Results.median(byHand));
            sheet.add("ratio_to_hand_written_insert", Rates.ratio(event, byHand));
            sheet.add("ratio_by_hand_to_none", Rates.ratio(byHand, nothing));
        }
        List<Double> plain = rates.get("PLAIN_ROW");
        if (plain != null) {
            sheet.add("transactions_per_second_with_plain_row", Results.median(plain));
            sheet.add("ratio_to_plain_row", Rates.ratio(event, plain));
            sheet.add("ratio_of_plain_row_to_none", Rates.ratio(plain, nothing));
        }
    }
}
