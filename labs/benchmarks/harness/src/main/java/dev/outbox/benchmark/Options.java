package dev.outbox.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is to be run.
 *
 * @param quick small backlogs and short slices
 * @param rounds how often everything is measured
 * @param growthTo the largest backlog of the growth scenario
 * @param contenders who takes part
 * @param scenarios their names; none for all
 */
record Options(boolean quick, int rounds, int growthTo, List<Entry> contenders, List<String> scenarios) {

    private static final int QUICK_ROUNDS = 3;
    private static final int ROUNDS = 5;
    private static final int GROWTH_TO = 1_000_000;

    static Options of(String... arguments) {
        boolean quick = Arrays.asList(arguments).contains("--quick");
        int rounds = quick ? QUICK_ROUNDS : ROUNDS;
        int growthTo = GROWTH_TO;
        List<Entry> contenders = List.of(Entry.values());
        List<String> scenarios = new ArrayList<>();
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("--rounds=")) {
                rounds = Integer.parseInt(value);
            } else if (argument.startsWith("--growth-to=")) {
                growthTo = Integer.parseInt(value);
            } else if (argument.startsWith("--contenders=")) {
                contenders = Arrays.stream(value.split(",")).map(Entry::named).toList();
            } else if (!argument.startsWith("--")) {
                scenarios.add(argument);
            } else if (!argument.equals("--quick")) {
                throw new IllegalArgumentException("Unknown option " + argument);
            }
        }
        return new Options(quick, rounds, growthTo, contenders, List.copyOf(scenarios));
    }

    boolean includes(Scenario scenario) {
        return scenarios.isEmpty() || scenarios.contains(scenario.name());
    }
}
