package dev.outbox.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that can be measured, in the order in which it is.
 *
 * @param quick small backlogs and short slices
 * @param growthTo the largest backlog of the growth scenario
 */
record Scenarios(boolean quick, int growthTo) {

    private static final String EVENT_STORE = "eventstore";
    private static final int QUICK_EVENTS = 100_000;
    private static final int EVENTS = 1_000_000;

    private static final int QUICK_BACKLOG = 20_000;
    private static final int BACKLOG = 50_000;
    private static final int LARGE_BACKLOG = 300_000;
    private static final int QUICK_CONSUMED = 30_000;
    private static final int CONSUMED = 100_000;
    private static final int DECADE = 10;
    private static final int SMALLEST_GROWTH = 100_000;

    /**
     * {@return those that were asked for}
     *
     * @param asked names; none for all; {@code eventstore} for all of the event store
     * @param contenders who takes part
     * @throws IllegalArgumentException if one is asked for that there is not, or that no contender takes part in
     */
    List<Scenario> chosen(Set<String> asked, Set<Entry> contenders) {
        List<Scenario> known = all();
        if (asked.isEmpty()) {
            return known;
        }
        Set<String> wanted = new LinkedHashSet<>(asked);
        if (wanted.remove(EVENT_STORE)) {
            names(known).stream().filter(name -> name.startsWith(EVENT_STORE)).forEach(wanted::add);
        }
        for (String name : wanted) {
            if (!names(known).contains(name)) {
                throw new IllegalArgumentException(
                        "No scenario '%s' among %s%s".formatted(name, names(known), onlyInFullRuns(known)));
            }
        }
        List<Scenario> chosen = known.stream()
                .filter(scenario -> wanted.contains(scenario.name()))
                .toList();
        for (Scenario scenario : chosen) {
            if (contenders.stream().noneMatch(scenario::suits)) {
                throw new IllegalArgumentException(
                        "None of %s takes part in %s".formatted(contenders, scenario.name()));
            }
        }
        return chosen;
    }

    private String onlyInFullRuns(List<Scenario> known) {
        Set<String> others = names(new Scenarios(false, growthTo).all());
        others.removeAll(names(known));
        return others.isEmpty() ? "" : "; only without --quick: " + others;
    }

    private static Set<String> names(List<Scenario> scenarios) {
        return scenarios.stream().map(Scenario::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<Scenario> all() {
        List<Scenario> scenarios = new ArrayList<>();
        if (quick) {
            scenarios.add(drain("drain", Backlog.quick(QUICK_BACKLOG), Disturbance.NONE));
        } else {
            scenarios.add(drain("drain", Backlog.of(BACKLOG), Disturbance.NONE));
            scenarios.add(drain("drain-300000", Backlog.of(LARGE_BACKLOG), Disturbance.NONE));
        }
        scenarios.add(new PublishScenario(quick ? 7 : 15));
        scenarios.add(latency("latency", Disturbance.NONE));
        scenarios.add(new SustainedScenario(quick ? 4 : 10));
        scenarios.add(disturbed("held-xmin-drain", Disturbance.HELD_XMIN));
        scenarios.add(latency("held-xmin-latency", Disturbance.HELD_XMIN));
        scenarios.add(disturbed("idle-writer-drain", Disturbance.IDLE_WRITER));
        scenarios.add(latency("idle-writer-latency", Disturbance.IDLE_WRITER));
        scenarios.add(new IdleScenario(quick ? 15 : 60));
        for (int backlog = SMALLEST_GROWTH; backlog <= growthTo; backlog *= DECADE) {
            scenarios.add(GrowthScenario.of(backlog));
        }
        scenarios.add(new ConsumeScenario("consume", consumed(), Duration.ofMinutes(2)));
        scenarios.add(CommandScenario.plain(quick ? 5 : 10));
        scenarios.add(CommandScenario.withSnapshots(quick ? 5 : 10));
        scenarios.add(new StoreAndPublishScenario(quick ? 7 : 15));
        scenarios.add(new RebuildScenario(quick ? QUICK_EVENTS : EVENTS, Duration.ofSeconds(quick ? 45 : 120)));
        scenarios.add(new AppendLatencyScenario(QUICK_EVENTS, quick ? 5 : 15));
        return scenarios;
    }

    private Backlog consumed() {
        return Backlog.quick(quick ? QUICK_CONSUMED : CONSUMED);
    }

    /** To be compared with the largest undisturbed backlog. */
    private Scenario disturbed(String name, Disturbance disturbance) {
        return drain(name, Backlog.quick(quick ? QUICK_BACKLOG : LARGE_BACKLOG), disturbance);
    }

    private Scenario drain(String name, Backlog backlog, Disturbance disturbance) {
        return new DrainScenario(name, backlog, Duration.ofSeconds(quick ? 10 : 60), disturbance);
    }

    private Scenario latency(String name, Disturbance disturbance) {
        return new LatencyScenario(name, quick ? 5 : 15, disturbance);
    }

    /** The names in a full run, for the help text. */
    static final class Names implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return names(new Scenarios(false, SMALLEST_GROWTH).all()).iterator();
        }
    }
}
