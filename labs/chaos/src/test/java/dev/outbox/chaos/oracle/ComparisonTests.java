package dev.outbox.chaos.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The comparison sees what it is there to see. */
class ComparisonTests {

    private static final int CHANGES = 5;

    private final List<Change> ledger = Stream.of("one", "two")
            .flatMap(account -> LongStream.rangeClosed(1, CHANGES)
                    .mapToObj(number -> new Change(account, number, UUID.randomUUID(), false)))
            .toList();

    private final List<Occurrence> topic = new ArrayList<>(occurrences(ledger));

    @Test
    void whatIsOnTheTopicInOrderIsRight() {
        assertThat(violations()).isEmpty();
    }

    @Test
    void repetitionsAreRight() {
        topic.addAll(2, topic.subList(0, 2));
        topic.addAll(occurrences(ledger));

        assertThat(violations()).isEmpty();
    }

    @Test
    void aMissingEventIsLost() {
        topic.remove(CHANGES - 1);

        assertThat(violations()).containsExactly("lost: number 5 of one is not published");
    }

    @Test
    void aMissingEventIsAGap() {
        topic.remove(1);

        assertThat(violations())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("out of order"))
                .anyMatch(line -> line.startsWith("lost: number 2 of one"));
    }

    @Test
    void anEventThatWasNotCommittedIsInvented() {
        topic.add(new Occurrence("three", 1, 1, UUID.randomUUID()));

        assertThat(violations()).singleElement().asString().startsWith("invented");
    }

    @Test
    void anEventThatOvertookAnotherIsOutOfOrder() {
        Collections.swap(topic, 0, 1);

        assertThat(violations()).isNotEmpty().allMatch(line -> line.startsWith("out of order"));
    }

    @Test
    void anEventUnderAnotherNumberIsNotItself() {
        topic.set(0, new Occurrence("one", 1, 2, ledger.get(0).id()));

        assertThat(violations()).singleElement().asString().startsWith("renumbered");
    }

    @Test
    void whatIsTooLargeIsParkedWithAllThatFollow() {
        List<Change> withOversize = oversize(2);

        assertThat(Comparison.violations(
                        withOversize, without(topic, 2, 3, 4), occurrences(withOversize.subList(2, CHANGES))))
                .isEmpty();
    }

    @Test
    void whatFollowsAnOversizeEventMayNotBePublished() {
        List<Change> withOversize = oversize(2);

        assertThat(Comparison.violations(
                        withOversize, without(topic, 2, 3), occurrences(withOversize.subList(2, CHANGES - 1))))
                .anyMatch(line -> line.startsWith("misplaced"))
                .anyMatch(line -> line.startsWith("lost: number 5 of one is not parked"));
    }

    @Test
    void whatIsParkedMustBeInOrder() {
        List<Change> withOversize = oversize(2);
        List<Occurrence> parked = new ArrayList<>(occurrences(withOversize.subList(2, CHANGES)));
        Collections.reverse(parked);

        assertThat(Comparison.violations(withOversize, without(topic, 2, 3, 4), parked))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("out of order"));
    }

    private List<String> violations() {
        return Comparison.violations(ledger, topic, List.of());
    }

    private List<Change> oversize(int index) {
        List<Change> changes = new ArrayList<>(ledger);
        Change change = changes.get(index);
        changes.set(index, new Change(change.account(), change.number(), change.id(), true));
        return changes;
    }

    private static List<Occurrence> without(List<Occurrence> all, int... indexes) {
        List<Occurrence> kept = new ArrayList<>(all);
        kept.removeAll(Arrays.stream(indexes).mapToObj(all::get).toList());
        return kept;
    }

    private static List<Occurrence> occurrences(List<Change> changes) {
        return changes.stream()
                .map(change -> new Occurrence(change.account(), change.number(), change.number(), change.id()))
                .toList();
    }
}
