package dev.outbox.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** All figures of a run; of several measurements of one, the median. */
final class Results {

    private final Map<Figure, List<Double>> values = new LinkedHashMap<>();

    /** Notes one measurement. */
    void add(String contender, String scenario, String metric, double value) {
        values.computeIfAbsent(new Figure(contender, scenario, metric), figure -> new ArrayList<>())
                .add(value);
    }

    /** {@return where the figures of one contender in one scenario are noted} */
    Sheet sheet(Candidate candidate, String scenario) {
        return new Sheet(this, candidate.entry().id(), scenario);
    }

    OptionalDouble median(String contender, String scenario, String metric) {
        List<Double> measured = values.get(new Figure(contender, scenario, metric));
        return measured == null ? OptionalDouble.empty() : OptionalDouble.of(median(measured));
    }

    Set<Figure> figures() {
        return values.keySet();
    }

    double median(Figure figure) {
        return median(measured(figure));
    }

    /** {@return each measurement, in their order} */
    List<Double> measured(Figure figure) {
        return List.copyOf(values.getOrDefault(figure, List.of()));
    }

    Set<String> contenders() {
        Set<String> contenders = new LinkedHashSet<>();
        values.keySet().forEach(figure -> contenders.add(figure.contender()));
        return contenders;
    }

    static double median(List<Double> measured) {
        List<Double> sorted = measured.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Takes what was measured of one contender in one scenario. */
    record Sheet(Results results, String contender, String scenario) {

        void add(String metric, double value) {
            results.add(contender, scenario, metric, value);
        }

        /** Notes how many there were. */
        void count(String metric, long count) {
            add(metric, (double) count);
        }

        /** Notes what one event has cost. */
        void costs(Cost spent, long events) {
            spent.per(events).forEach(this::add);
        }

        /** Notes what came twice or out of order. */
        void faults(Arrivals arrivals) {
            count("duplicates", arrivals.duplicates());
            count("out_of_order", arrivals.outOfOrder());
        }
    }

    /** What was measured, of whom, in which scenario. */
    record Figure(String contender, String scenario, String metric) {}
}
