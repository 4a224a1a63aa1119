package dev.outbox.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlowTests {

    @Test
    void everyEventArrivesOnce() {
        assertThat(Flow.of(Set.of("a", "b"), List.of("b", "a"), 2)).isEqualTo(new Flow(2, 2, 0, 0, 0, 2));
    }

    @Test
    void aRecordOfAnEventThatIsThereAlreadyIsARepetition() {
        assertThat(Flow.of(Set.of("a", "b"), List.of("a", "b", "a", "a"), 2).repeated())
                .isEqualTo(2);
    }

    @Test
    void anEventThatIsNotOnTheTopicIsMissing() {
        assertThat(Flow.of(Set.of("a", "b"), List.of("a"), 1)).isEqualTo(new Flow(2, 1, 0, 1, 0, 1));
    }

    @Test
    void anEventThatIsNotInTheOutboxIsForeign() {
        assertThat(Flow.of(Set.of("a"), List.of("a", "x"), 1).foreign()).isEqualTo(1);
    }
}
