package dev.outbox.benchmark;

import java.time.Duration;

/**
 * A backlog is there; the relay starts.
 *
 * @param name of the scenario
 * @param backlog events
 * @param atMost when a contender that is not done is stopped; its rate is then that of what it has done
 * @param disturbance what goes on in the database meanwhile
 */
record DrainScenario(String name, Backlog backlog, Duration atMost, Disturbance disturbance) implements Scenario {

    private static final int PATIENCE_WITH_FAST = 10;

    @Override
    public boolean suits(Entry entry) {
        return !entry.isConsumer()
                && !entry.isUnderJpa()
                && !entry.isEventStore()
                && (disturbance == Disturbance.NONE || (entry.hasTable() && !entry.isDefaults()));
    }

    @Override
    public void run(Candidate candidate, Results results) throws Exception {
        candidate.relayReady();
        candidate.relay(false);
        candidate.clear();
        disturbance.during(candidate, () -> {
            long count = backlog.of(candidate.entry());
            long first = candidate.reserve(count);
            candidate.service("fill " + first + " " + count);
            candidate.settle();
            new Drain(candidate, first, count).measure(limit(candidate.entry())).note(results.sheet(candidate, name));
        });
        candidate.clear();
    }

    /** What a fast contender has begun, it ends: a log cannot be cleared as a table can. */
    private Duration limit(Entry entry) {
        return entry.isFast() || entry == Entry.DEBEZIUM_DEFAULTS ? atMost.multipliedBy(PATIENCE_WITH_FAST) : atMost;
    }
}
