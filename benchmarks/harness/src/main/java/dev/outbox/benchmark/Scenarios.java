package dev.outbox.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All that can be measured, in the order in which it is. */
record Scenarios(Options options) {

    private static final int QUICK_BACKLOG = 20_000;
    private static final int BACKLOG = 50_000;
    private static final int LARGE_BACKLOG = 300_000;
    private static final int DECADE = 10;
    private static final int SMALLEST_GROWTH = 100_000;

    List<Scenario> all() {
        List<Scenario> scenarios = new ArrayList<>();
        if (options.quick()) {
            scenarios.add(drain("drain", QUICK_BACKLOG, Disturbance.NONE));
        } else {
            scenarios.add(drain("drain", BACKLOG, Disturbance.NONE));
            scenarios.add(drain("drain-300000", LARGE_BACKLOG, Disturbance.NONE));
        }
        scenarios.add(new PublishScenario(options.quick() ? 7 : 15));
        scenarios.add(latency("latency", Disturbance.NONE));
        scenarios.add(new SustainedScenario(options.quick() ? 4 : 10));
        scenarios.add(drain("held-xmin-drain", options.quick() ? QUICK_BACKLOG : BACKLOG, Disturbance.HELD_XMIN));
        scenarios.add(latency("held-xmin-latency", Disturbance.HELD_XMIN));
        scenarios.add(drain("idle-writer-drain", options.quick() ? QUICK_BACKLOG : BACKLOG, Disturbance.IDLE_WRITER));
        scenarios.add(latency("idle-writer-latency", Disturbance.IDLE_WRITER));
        scenarios.add(new IdleScenario(options.quick() ? 15 : 60));
        for (int backlog = SMALLEST_GROWTH; backlog <= options.growthTo(); backlog *= DECADE) {
            scenarios.add(GrowthScenario.of(backlog));
        }
        return scenarios.stream().filter(options::includes).toList();
    }

    private Scenario drain(String name, int backlog, Disturbance disturbance) {
        Backlog events = options.quick() ? Backlog.quick(backlog) : Backlog.of(backlog);
        return new DrainScenario(name, events, Duration.ofSeconds(options.quick() ? 10 : 60), disturbance);
    }

    private Scenario latency(String name, Disturbance disturbance) {
        return new LatencyScenario(name, options.quick() ? 5 : 15, disturbance);
    }
}
