package dev.outbox.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Four clients change an account in each transaction: without an event, with one that is published, with one that is stored and
 * published, and with one that is appended to its stream. No relay runs.
 *
 * @param rounds slices of one second of each kind
 */
record StoreAndPublishScenario(int rounds) implements Scenario {

    private static final int CLIENTS = 4;

    @Override
    public String name() {
        return "eventstore-publish";
    }

    @Override
    public boolean suits(Entry entry) {
        return entry == Entry.EVENTSTORE;
    }

    @Override
    public boolean isOnce() {
        return true;
    }

    @Override
    public void run(Candidate candidate, Results results) throws Exception {
        candidate.settle();
        Map<String, List<Double>> rates = Rates.of(candidate.service("changes %d %d".formatted(CLIENTS, rounds)));
        Results.Sheet sheet = results.sheet(candidate, name());
        List<Double> published = rates.getOrDefault("PUBLISHED", List.of());
        List<Double> stored = rates.getOrDefault("STORED_AND_PUBLISHED", List.of());
        List<Double> appended = rates.getOrDefault("APPENDED", List.of());
        sheet.add("ratio_stored_and_published_to_published", Rates.ratio(stored, published));
        sheet.add("ratio_appended_to_published", Rates.ratio(appended, published));
        rates.forEach((kind, of) ->
                sheet.add("transactions_per_second_" + kind.toLowerCase(Locale.ROOT), Results.median(of)));
    }
}
