package dev.outbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine;

/**
 * The benchmark, told as its steps:
 *
 * <ol>
 *   <li>start the databases, the broker and each contender, with a database and a topic of its own,
 *   <li>run all scenarios in each round, and each for one contender after the other, so that what else the machine does,
 *       and how warm a JVM is, falls on all alike; the others rest meanwhile; every second round goes the other way round,
 *       so that nobody always comes behind the same one; the first round only warms up,
 *   <li>run once what takes long,
 *   <li>write the medians.
 * </ol>
 */
public final class Benchmark {

    private static final int WARM_UP_BACKLOG = 100_000;
    private static final int WARM_UP_SECONDS = 45;
    private static final int WARM_UP_SECONDS_QUICK = 15;
    private static final int WARM_UP_CONSUMERS_SECONDS = 60;

    private final Options options;
    private final List<Scenario> scenarios;
    private final Path benchmarks;
    private final Results results = new Results();

    Benchmark(Options options, List<Scenario> scenarios, Path benchmarks) {
        this.options = options;
        this.scenarios = scenarios;
        this.benchmarks = benchmarks;
    }

    /** Called by {@code labs/benchmarks/run}. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Options()).execute(arguments));
    }

    void run(Servers servers) throws Exception {
        servers.settings().forEach(System.out::println);
        List<Candidate> candidates = new ArrayList<>();
        try {
            for (Entry entry : options.contenders()) {
                if (scenarios.stream().noneMatch(scenario -> scenario.suits(entry))) {
                    continue;
                }
                if (!entry.isRunnable()) {
                    System.out.println(entry.id() + ": left out, because this JVM is too old for it");
                    continue;
                }
                System.out.println(entry.id() + ": " + entry.settings());
                candidates.add(new Candidate(entry, servers.newContender(entry), servers, benchmarks));
            }
            measure(candidates, servers);
        } finally {
            for (Candidate candidate : candidates) {
                candidate.close();
            }
        }
    }

    private void measure(List<Candidate> candidates, Servers servers) throws Exception {
        warmUp(candidates, servers);
        runOnce(
                new ConsumeScenario(
                        "warm-up", Backlog.quick(WARM_UP_BACKLOG), Duration.ofSeconds(WARM_UP_CONSUMERS_SECONDS)),
                candidates,
                new Results());
        List<Scenario> repeated =
                scenarios.stream().filter(scenario -> !scenario.isOnce()).toList();
        for (Scenario scenario : repeated) {
            runOnce(scenario, candidates, new Results());
        }
        List<Candidate> order = new ArrayList<>(candidates);
        for (int round = 1; round <= options.rounds(); round++) {
            System.out.println("Round " + round);
            for (Scenario scenario : repeated) {
                runOnce(scenario, order, results);
            }
            write(servers);
            Collections.reverse(order);
        }
        for (Scenario scenario : scenarios.stream().filter(Scenario::isOnce).toList()) {
            runOnce(scenario, candidates, results);
            write(servers);
        }
        System.out.println(new MarkdownReport(results).text());
    }

    /**
     * The broker alone, then everybody drains for as long: what their JVMs have to compile takes them seconds. Event stores need no
     * broker, and warm up by their own commands.
     */
    private void warmUp(List<Candidate> candidates, Servers servers) throws Exception {
        int seconds = options.quick() ? WARM_UP_SECONDS_QUICK : WARM_UP_SECONDS;
        for (Scenario scenario : scenarios) {
            if (scenario instanceof CommandScenario commands) {
                runOnce(commands.of(seconds), candidates, new Results());
            }
        }
        if (candidates.stream().allMatch(candidate -> candidate.entry().isEventStore())) {
            return;
        }
        servers.warmUpBroker(Duration.ofSeconds(seconds));
        Scenario drain = new DrainScenario(
                "warm-up", Backlog.quick(WARM_UP_BACKLOG), Duration.ofSeconds(seconds), Disturbance.NONE);
        for (Candidate candidate : candidates) {
            long start = System.nanoTime();
            while (drain.suits(candidate.entry()) && Timing.secondsSince(start) < seconds) {
                runOnce(drain, List.of(candidate), new Results());
            }
        }
    }

    private static void runOnce(Scenario scenario, List<Candidate> candidates, Results results) throws Exception {
        for (Candidate candidate : candidates) {
            if (!scenario.suits(candidate.entry())) {
                continue;
            }
            long start = System.nanoTime();
            scenario.run(candidate, results);
            System.out.printf(
                    "%s %s %.1f s%n", scenario.name(), candidate.entry().id(), Timing.secondsSince(start));
        }
    }

    /** After each round, so that a run that is broken off has not been in vain. */
    private void write(Servers servers) throws Exception {
        Path target = Files.createDirectories(benchmarks.resolve("target"));
        Files.writeString(target.resolve("results.csv"), new CsvReport(results).medians());
        Files.writeString(target.resolve("rounds.csv"), new CsvReport(results).rounds());
        Files.writeString(
                target.resolve("results.md"),
                new SettingsReport(options, servers.settings()).text() + new MarkdownReport(results).text());
        plots(target);
    }

    private void plots(Path target) throws IOException {
        for (Plot plot : Plots.of(results)) {
            Files.writeString(target.resolve(plot.file()), plot.svg());
        }
    }
}
