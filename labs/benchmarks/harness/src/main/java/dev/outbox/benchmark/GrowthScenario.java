package dev.outbox.benchmark;

import java.time.Duration;

/**
 * The same drain with an ever larger backlog; whose queries grow with it gets slower.
 *
 * @param drain of one size
 */
record GrowthScenario(DrainScenario drain) implements Scenario {

    private static final String NAME = "growth";

    static GrowthScenario of(int backlog) {
        return new GrowthScenario(
                new DrainScenario(NAME + "-" + backlog, Backlog.of(backlog), Duration.ofMinutes(2), Disturbance.NONE));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean suits(Entry entry) {
        return entry.isFast() && entry.hasTable() && !entry.isSidecar();
    }

    @Override
    public boolean isOnce() {
        return true;
    }

    @Override
    public void run(Candidate candidate, Results results) throws Exception {
        drain.run(candidate, results);
    }
}
