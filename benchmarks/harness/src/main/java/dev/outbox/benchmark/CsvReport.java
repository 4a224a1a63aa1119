package dev.outbox.benchmark;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One row per figure.
 *
 * @param results the medians
 */
record CsvReport(Results results) {

    String text() {
        return "contender,scenario,metric,value\n"
                + results.figures().stream()
                        .map(figure -> "%s,%s,%s,%s"
                                .formatted(
                                        figure.contender(),
                                        figure.scenario(),
                                        figure.metric(),
                                        plain(results.median(figure))))
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.4f", value);
    }
}
