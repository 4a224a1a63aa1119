package dev.outbox.deploy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Series that an expression asks for.
 *
 * @param metric their name
 * @param matchers what is demanded of their labels
 * @param functions the functions and aggregations that it is passed to, the outermost first
 */
record Selector(String metric, List<Matcher> matchers, List<String> functions) {

    Selector {
        matchers = List.copyOf(matchers);
        functions = List.copyOf(functions);
    }

    /** {@return whether it selects a series of that name with these labels} */
    boolean selects(String name, Map<String, String> labels) {
        return metric.equals(name) && matchers.stream().allMatch(matcher -> matcher.accepts(labels));
    }

    /** What is demanded of a label, as PromQL spells it. */
    record Matcher(String label, String operator, String value) {

        boolean accepts(Map<String, String> labels) {
            String actual = labels.getOrDefault(label, "");
            return switch (operator) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> Pattern.matches(value, actual);
                case "!~" -> !Pattern.matches(value, actual);
                default -> throw new IllegalStateException("PromQL has no operator " + operator);
            };
        }
    }
}
