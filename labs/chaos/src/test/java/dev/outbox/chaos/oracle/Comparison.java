package dev.outbox.chaos.oracle;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Compares the ledger with what has come of it. All that was committed must be on the topic, except the first event of an
 * account that is too large and all that follow it: those must be parked. What was not committed must be nowhere. On the
 * topic, and among what is parked, the first occurrences of an account must be in order and without a gap.
 */
public final class Comparison {

    private final List<Change> ledger;
    private final Map<String, List<Occurrence>> published;
    private final Map<String, List<Occurrence>> parked;
    private final List<String> violations = new ArrayList<>();

    private Comparison(List<Change> ledger, List<Occurrence> topic, List<Occurrence> parked) {
        this.ledger = ledger;
        this.published = firstByAccount(topic);
        this.parked = firstByAccount(parked);
        if (parked.size() != this.parked.values().stream().mapToInt(List::size).sum()) {
            violations.add("an event is parked twice");
        }
    }

    /**
     * Compares.
     *
     * @return what is wrong, a line each; empty if nothing is
     * @param ledger all changes that were committed
     * @param topic all records, in an order that has those of a key as the topic has them
     * @param parked what is parked, in the order in which it would be released
     */
    public static List<String> violations(List<Change> ledger, List<Occurrence> topic, List<Occurrence> parked) {
        return new Comparison(ledger, topic, parked).compare();
    }

    private List<String> compare() {
        invented();
        ledger.stream()
                .collect(groupingBy(Change::account))
                .forEach((account, changes) -> compare(
                        account,
                        changes.stream()
                                .sorted(Comparator.comparingLong(Change::number))
                                .toList()));
        return violations;
    }

    private void invented() {
        Set<UUID> committed = ledger.stream().map(Change::id).collect(toSet());
        published.values().stream()
                .flatMap(List::stream)
                .filter(occurrence -> !committed.contains(occurrence.change()))
                .forEach(occurrence -> violations.add("invented: %s is published".formatted(occurrence)));
        parked.values().stream()
                .flatMap(List::stream)
                .filter(occurrence -> !committed.contains(occurrence.change()))
                .forEach(occurrence -> violations.add("invented: %s is parked".formatted(occurrence)));
    }

    private void compare(String account, List<Change> changes) {
        int publishable = publishable(changes);
        compare(account, "published", changes.subList(0, publishable), published.getOrDefault(account, List.of()));
        compare(
                account,
                "parked",
                changes.subList(publishable, changes.size()),
                parked.getOrDefault(account, List.of()));
    }

    private void compare(String account, String where, List<Change> expected, List<Occurrence> found) {
        Map<UUID, Long> numbers = expected.stream().collect(toMap(Change::id, Change::number));
        Set<UUID> missing = new HashSet<>(numbers.keySet());
        long last = expected.isEmpty() ? 0 : expected.get(0).number() - 1;
        for (Occurrence occurrence : found) {
            Long number = numbers.get(occurrence.change());
            if (number == null) {
                violations.add("misplaced: %s is %s".formatted(occurrence, where));
                continue;
            }
            missing.remove(occurrence.change());
            if (occurrence.number() != number || occurrence.sequence() != number) {
                violations.add("renumbered: %s was number %d".formatted(occurrence, number));
            }
            if (number != last + 1) {
                violations.add("out of order: %s is %s after number %d".formatted(occurrence, where, last));
            }
            last = number;
        }
        missing.stream()
                .map(numbers::get)
                .sorted()
                .forEach(number -> violations.add("lost: number %d of %s is not %s".formatted(number, account, where)));
    }

    /** How many changes of an account come before the first that is too large. */
    private static int publishable(List<Change> changes) {
        int count = 0;
        while (count < changes.size() && !changes.get(count).oversize()) {
            count++;
        }
        return count;
    }

    private static Map<String, List<Occurrence>> firstByAccount(List<Occurrence> all) {
        Set<UUID> seen = new HashSet<>();
        return all.stream()
                .filter(occurrence -> seen.add(occurrence.change()))
                .collect(groupingBy(Occurrence::account));
    }
}
