package dev.outbox.benchmark;

import static dev.outbox.benchmark.OptionsTests.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is misspelt is not measured in silence by measuring nothing. */
class ScenariosTests {

    @Test
    void whatIsAskedForIsChosen() {
        assertThat(options("--quick", "consume", "drain").scenarios())
                .extracting(Scenario::name)
                .containsExactlyInAnyOrder("drain", "consume");
    }

    @Test
    void thoseOfTheEventStoreHaveOneName() {
        assertThat(options("--quick", "eventstore").scenarios())
                .hasSize(5)
                .allMatch(scenario -> scenario.name().startsWith("eventstore-"));
    }

    @Test
    void anUnknownScenarioIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> options("latncy").scenarios())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "No scenario 'latncy' among [drain, drain-300000, publish, latency, sustained, held-xmin-drain,"
                                + " held-xmin-latency, idle-writer-drain, idle-writer-latency, idle, growth, consume, eventstore-command,"
                                + " eventstore-command-snapshots, eventstore-publish, eventstore-rebuild, eventstore-latency]");
    }

    @Test
    void aScenarioOfTheFullRunIsNotForAQuickOne() {
        assertThatThrownBy(() -> options("--quick", "drain-300000").scenarios())
                .hasMessageStartingWith("No scenario 'drain-300000' among [drain, publish,")
                .hasMessageEndingWith("only without --quick: [drain-300000]");
    }

    @Test
    void aScenarioOfWhichNoneTakesPartIsRefused() {
        assertThatThrownBy(() -> options("--contenders=listener-batch", "drain").scenarios())
                .hasMessage("None of [listener-batch] takes part in drain");
    }
}
