package dev.outbox.deploy;

import dev.outbox.deploy.Selector.Matcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an expression of PromQL asks for. Reads names, and leaves it to promtool whether the expression is valid:
 *
 * <ol>
 *   <li>a name that a bracket or a grouping follows is a function or an aggregation, and what is in its brackets is passed to it;
 *   <li>names in the brackets after {@code by}, {@code without} and the like are labels;
 *   <li>any other name is a metric, and the braces after it demand something of labels.
 * </ol>
 */
final class PromQl {

    private static final String TEXT = "\"(?:[^\"\\\\]|\\\\.)*\"";

    private static final Pattern TOKEN = Pattern.compile(
            TEXT + "|\\{(?:[^}\"]|" + TEXT + ")*}|\\[[^]]*]|[a-zA-Z_:][a-zA-Z0-9_:]*|[0-9][0-9a-zA-Z_.]*|\\S");

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    private static final Pattern MATCHER =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*(" + TEXT + ")");

    private static final Set<String> GROUPINGS = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

    private static final Set<String> OPERATORS =
            Set.of("and", "or", "unless", "atan2", "bool", "offset", "inf", "nan", "start", "end");

    private final List<String> tokens;
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> labels = new HashSet<>();
    private final Deque<String> functions = new ArrayDeque<>();
    private String called = "";

    private PromQl(String expression) {
        this.tokens =
                TOKEN.matcher(expression).results().map(MatchResult::group).toList();
        int i = 0;
        while (i < tokens.size()) {
            i = read(i);
        }
    }

    static PromQl of(String expression) {
        return new PromQl(expression);
    }

    List<Selector> selectors() {
        return selectors;
    }

    /** {@return the labels by which series are grouped and that are demanded} */
    Set<String> labels() {
        return labels;
    }

    /** Reads from a token on, and returns where to go on. */
    private int read(int i) {
        String token = tokens.get(i);
        if (token.equals("(")) {
            functions.addLast(called);
            called = "";
        } else if (token.equals(")")) {
            functions.removeLast();
        } else if (GROUPINGS.contains(token)) {
            return readLabels(i + 1);
        } else if (NAME.matcher(token).matches() && !OPERATORS.contains(token)) {
            if (isCalled(i)) {
                called = token;
            } else {
                select(token, matchers(at(i + 1)));
            }
        } else if (token.startsWith("{")
                && (i == 0 || !NAME.matcher(tokens.get(i - 1)).matches())) {
            selectByName(matchers(token));
        }
        return i + 1;
    }

    private int readLabels(int i) {
        if (!at(i).equals("(")) {
            return i;
        }
        int end = i + 1;
        for (; !at(end).equals(")"); end++) {
            if (NAME.matcher(at(end)).matches()) {
                labels.add(at(end));
            }
        }
        return end + 1;
    }

    private boolean isCalled(int i) {
        return at(i + 1).equals("(") || at(i + 1).equals("by") || at(i + 1).equals("without");
    }

    private String at(int i) {
        return i < tokens.size() ? tokens.get(i) : "";
    }

    private List<Matcher> matchers(String braces) {
        return braces.startsWith("{")
                ? MATCHER.matcher(braces)
                        .results()
                        .map(found -> new Matcher(found.group(1), found.group(2), unquoted(found.group(3))))
                        .toList()
                : List.of();
    }

    private static String unquoted(String text) {
        return text.substring(1, text.length() - 1);
    }

    /** Braces without a name, which then stands in them. */
    private void selectByName(List<Matcher> matchers) {
        List<Matcher> others = matchers.stream()
                .filter(matcher -> !matcher.label().equals("__name__"))
                .toList();
        matchers.stream()
                .filter(matcher -> matcher.label().equals("__name__"))
                .flatMap(matcher -> Stream.of(matcher.value().split("\\|", -1)))
                .forEach(name -> select(name, others));
    }

    private void select(String metric, List<Matcher> matchers) {
        matchers.forEach(matcher -> labels.add(matcher.label()));
        selectors.add(new Selector(
                metric,
                matchers,
                functions.stream().filter(name -> !name.isEmpty()).toList()));
    }
}
