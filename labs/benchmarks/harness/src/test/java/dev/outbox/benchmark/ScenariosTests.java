package dev.outbox.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is misspelt is not measured in silence by measuring nothing. */
class ScenariosTests {

    @Test
    void whatIsAskedForIsChosen() {
        assertThat(new Scenarios(Options.of("--quick", "consume", "drain")).chosen())
                .extracting(Scenario::name)
                .containsExactlyInAnyOrder("drain", "consume");
    }

    @Test
    void anUnknownScenarioIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> new Scenarios(Options.of("latncy")).chosen())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "No scenario 'latncy' among [drain, drain-300000, publish, latency, sustained, held-xmin-drain,"
                                + " held-xmin-latency, idle-writer-drain, idle-writer-latency, idle, growth, consume]");
    }

    @Test
    void aScenarioOfTheFullRunIsNotForAQuickOne() {
        assertThatThrownBy(() -> new Scenarios(Options.of("--quick", "drain-300000")).chosen())
                .hasMessageStartingWith("No scenario 'drain-300000' among [drain, publish,")
                .hasMessageEndingWith("only without --quick: [drain-300000]");
    }

    @Test
    void aScenarioOfWhichNoneTakesPartIsRefused() {
        assertThatThrownBy(() -> new Scenarios(Options.of("--contenders=listener-batch", "drain")).chosen())
                .hasMessage("None of [listener-batch] takes part in drain");
    }
}
