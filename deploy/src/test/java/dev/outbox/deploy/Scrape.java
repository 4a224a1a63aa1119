package dev.outbox.deploy;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Prometheus reads from a target. */
record Scrape(List<Series> series) {

    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");

    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    static Scrape of(String text) {
        return new Scrape(text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Series(line.group(1), labels(line.group(2)), Double.parseDouble(line.group(3))))
                .toList());
    }

    private static Map<String, String> labels(String text) {
        return text == null
                ? Map.of()
                : LABEL.matcher(text)
                        .results()
                        .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2)));
    }

    /** {@return the sum of the values that are selected; 0 if none is} */
    double value(String selector) {
        Selector selected = PromQl.of(selector).selectors().get(0);
        return series.stream()
                .filter(each -> selected.selects(each.name(), each.labels()))
                .mapToDouble(Series::value)
                .sum();
    }

    boolean has(Selector selector) {
        return series.stream().anyMatch(each -> selector.selects(each.name(), each.labels()));
    }

    record Series(String name, Map<String, String> labels, double value) {}
}
