package dev.outbox.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTests {

    private static final Flow THREE = new Flow(3, 3, 0, 0, 0, 3);
    private static final Outcome DECIDED = new Outcome(3, 2, 1, 2, 1, 0, 0);
    private static final Stock EXPLAINED = new Stock(Map.of("samovar", 0L));

    @Test
    void theResultIsOneLine() {
        Tally tally = new Tally(3, THREE, THREE, DECIDED, EXPLAINED);
        assertThat(tally.problems()).isEmpty();
        assertThat(tally.line())
                .isEqualTo("orders=3 published=6 reserved=2 rejected=1 confirmed=2 duplicates=0 lost=0");
    }

    @Test
    void aRepeatedRecordIsADuplicate() {
        Tally tally = new Tally(3, new Flow(3, 3, 1, 0, 0, 3), THREE, DECIDED, EXPLAINED);
        assertThat(tally.line()).endsWith("duplicates=1 lost=0");
        assertThat(tally.problems()).containsExactly("duplicates: 1");
    }

    @Test
    void stockThatIsTakenTwiceIsADuplicate() {
        Tally tally = new Tally(3, THREE, THREE, DECIDED, new Stock(Map.of("samovar", 3L)));
        assertThat(tally.line()).endsWith("duplicates=1 lost=0");
        assertThat(tally.problems()).containsExactly("duplicates: 1");
    }

    @Test
    void stockThatIsNotTakenIsAProblem() {
        Tally tally = new Tally(3, THREE, THREE, DECIDED, new Stock(Map.of("samovar", -3L)));
        assertThat(tally.problems()).containsExactly("articles of which less was taken than ordered: 1");
    }

    @Test
    void anEventThatIsNotPublishedIsLost() {
        Tally tally = new Tally(3, THREE, new Flow(3, 2, 0, 1, 0, 2), new Outcome(3, 2, 1, 2, 0, 1, 0), EXPLAINED);
        assertThat(tally.line())
                .isEqualTo("orders=3 published=5 reserved=2 rejected=1 confirmed=2 duplicates=0 lost=2");
        assertThat(tally.problems())
                .containsExactly(
                        "events published: 5, but outbox rows: 6",
                        "answers consumed: 2, but orders placed: 3",
                        "lost: 2");
    }

    @Test
    void ordersThatWereNotWrittenAreAProblem() {
        Tally tally = new Tally(4, THREE, THREE, DECIDED, EXPLAINED);
        assertThat(tally.problems()).contains("orders written: 3, but orders placed: 4");
    }
}
