package dev.outbox.benchmark;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The results for programs: one row per figure, or one per measurement.
 *
 * @param results to be written
 */
record CsvReport(Results results) {

    /** {@return the medians} */
    String medians() {
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

    /** {@return each round, by which one sees how far the machine itself can be trusted} */
    String rounds() {
        StringBuilder text = new StringBuilder("contender,scenario,metric,round,value\n");
        for (Results.Figure figure : results.figures()) {
            int round = 0;
            for (double value : results.measured(figure)) {
                text.append("%s,%s,%s,%d,%s\n"
                        .formatted(figure.contender(), figure.scenario(), figure.metric(), ++round, plain(value)));
            }
        }
        return text.toString();
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.4f", value);
    }
}
