package dev.outbox.benchmark;

import java.util.concurrent.TimeUnit;

/**
 * The relay is on and nothing happens.
 *
 * @param seconds for which nothing happens
 */
record IdleScenario(int seconds) implements Scenario {

    private static final int CALM_SECONDS = 5;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public boolean isOnce() {
        return true;
    }

    @Override
    public void run(Candidate candidate, Results results) throws Exception {
        candidate.relayReady();
        TimeUnit.SECONDS.sleep(CALM_SECONDS);
        Cost before = candidate.cost();
        TimeUnit.SECONDS.sleep(seconds);
        Cost spent = candidate.cost().since(before);
        candidate.relay(false);
        Results.Sheet sheet = results.sheet(candidate, name());
        sheet.add("statements_per_minute", spent.database().statements() * 60.0 / seconds);
        sheet.add("cpu_ms_per_minute", (spent.clientCpu() + spent.database().cpu()) * 60_000 / seconds);
    }
}
