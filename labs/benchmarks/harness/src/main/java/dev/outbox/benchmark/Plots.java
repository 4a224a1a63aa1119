package dev.outbox.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pictures that the documentation shows. */
final class Plots {

    private static final List<Spec> SPECS = List.of(
            new Spec("drain", "events_per_second", "Draining a backlog", "events per second"),
            new Spec("drain-300000", "events_per_second", "Draining a backlog of 300,000", "events per second"),
            new Spec(
                    "drain",
                    "cpu_client_and_database_us_per_event",
                    "CPU of client and database per drained event",
                    "µs"),
            new Spec("latency", "p50_ms", "Commit to consumer at 200 events/s, median", "ms"),
            new Spec("latency", "p99_ms", "Commit to consumer at 200 events/s, 99th percentile", "ms"),
            new Spec(
                    "sustained",
                    "delivered_per_second",
                    "Four clients flat out, delivered meanwhile",
                    "events per second"),
            new Spec("consume", "events_per_second", "Consuming, one row for each event", "events per second"),
            new Spec("publish", "ratio_to_none", "Transactions with an event over those without", "ratio"));

    private Plots() {}

    static List<Plot> of(Results results) {
        List<Plot> plots = new ArrayList<>();
        for (Spec spec : SPECS) {
            Map<String, Double> bars = new LinkedHashMap<>();
            for (String contender : results.contenders()) {
                results.median(contender, spec.scenario(), spec.metric())
                        .ifPresent(value -> bars.put(contender, value));
            }
            if (!bars.isEmpty()) {
                plots.add(new Plot(
                        spec.scenario() + "-" + spec.metric().replace('_', '-') + ".svg",
                        spec.title(),
                        spec.unit(),
                        sorted(bars)));
            }
        }
        return plots;
    }

    private static Map<String, Double> sorted(Map<String, Double> bars) {
        Map<String, Double> sorted = new LinkedHashMap<>();
        bars.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(bar -> sorted.put(bar.getKey(), bar.getValue()));
        return sorted;
    }

    private record Spec(String scenario, String metric, String title, String unit) {}
}
