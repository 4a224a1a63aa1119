package dev.outbox.benchmark;

import dev.outbox.benchmark.Results.Figure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table per scenario: a row per contender, a column per metric, and the ratio of the first column to that of ours.
 *
 * @param results the medians
 */
record MarkdownReport(Results results) {

    private static final List<String> OURS =
            List.of(Entry.OUTBOX_EMBEDDED.id(), Entry.INBOX_EVENT_ID.id(), Entry.EVENTSTORE.id());

    String text() {
        return distinct(results.figures().stream().map(Figure::scenario).toList()).stream()
                .map(this::scenario)
                .collect(Collectors.joining("\n"));
    }

    private String scenario(String scenario) {
        Set<String> metrics = distinct(results.figures().stream()
                .filter(figure -> figure.scenario().equals(scenario))
                .map(Figure::metric)
                .toList());
        StringBuilder table = new StringBuilder("### " + scenario + "\n\n| contender | ratio |");
        metrics.forEach(metric -> table.append(' ').append(metric).append(" |"));
        table.append("\n|---|---:|").append("---:|".repeat(metrics.size())).append('\n');
        for (String contender : results.contenders()) {
            if (metrics.stream()
                    .anyMatch(metric ->
                            results.median(contender, scenario, metric).isPresent())) {
                row(table, contender, scenario, metrics);
            }
        }
        return table.toString();
    }

    private void row(StringBuilder table, String contender, String scenario, Set<String> metrics) {
        String first = metrics.iterator().next();
        double ours = OURS.stream()
                .map(our -> results.median(our, scenario, first))
                .flatMapToDouble(OptionalDouble::stream)
                .findFirst()
                .orElse(Double.NaN);
        double theirs = results.median(contender, scenario, first).orElse(Double.NaN);
        table.append("| ").append(contender).append(" | ").append(number(theirs / ours));
        for (String metric : metrics) {
            var value = results.median(contender, scenario, metric);
            table.append(" | ").append(value.isPresent() ? number(value.getAsDouble()) : "");
        }
        table.append(" |\n");
    }

    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "";
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 100 || value == 0 ? "%,.0f" : "%.3g", value);
    }

    private static Set<String> distinct(List<String> names) {
        return new LinkedHashSet<>(names);
    }
}
