package dev.outbox.benchmark;

import java.time.Duration;

/**
 * A projection is filled anew from the first event, with one insert for each: in transactions of 1,000 events, one thread each.
 *
 * @param events how many there are
 * @param atMost when a rebuild that is not done is stopped; its rate is then that of what it has done
 */
record RebuildScenario(long events, Duration atMost) implements Scenario {

    private static final int WARM_UP_EVENTS = 30_000;

    @Override
    public String name() {
        return "eventstore-rebuild";
    }

    @Override
    public boolean suits(Entry entry) {
        return entry.isEventStore();
    }

    @Override
    public boolean isOnce() {
        return true;
    }

    @Override
    public void run(Candidate candidate, Results results) throws Exception {
        candidate.service("fill " + WARM_UP_EVENTS);
        candidate.service("rebuild %d %d".formatted(WARM_UP_EVENTS, atMost.toSeconds()));
        candidate.service("fill " + events);
        candidate.settle();
        Cost cost = candidate.cost();
        String[] answer = candidate
                .service("rebuild %d %d".formatted(events, atMost.toSeconds()))
                .split(" ", -1);
        Cost spent = candidate.cost().since(cost);
        long handled = Long.parseLong(answer[0]);
        Results.Sheet sheet = results.sheet(candidate, name());
        sheet.add("events_per_second", handled / Double.parseDouble(answer[1]));
        sheet.count("events", handled);
        sheet.costs(spent, Math.max(1, handled));
        System.out.printf("%s %s %d events in %s s%n", name(), sheet.contender(), handled, answer[1]);
    }
}
