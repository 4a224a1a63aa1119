package dev.outbox.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class OptionsTests {

    @Test
    void withoutOptionsEverythingIsMeasuredInFiveRounds() {
        Options options = options();

        assertThat(options.quick()).isFalse();
        assertThat(options.rounds()).isEqualTo(5);
        assertThat(options.contenders()).containsExactly(Entry.values());
        assertThat(options.scenarios()).extracting(Scenario::name).contains("drain-300000", "growth", "consume");
    }

    @Test
    void aQuickRunHasThreeRoundsUnlessMoreAreAskedFor() {
        assertThat(options("--quick").rounds()).isEqualTo(3);
        assertThat(options("--rounds=7", "--quick").rounds()).isEqualTo(7);
    }

    @Test
    void contendersTakePartInTheirOrder() {
        assertThat(options("--contenders=modulith,outbox-embedded", "latency").contenders())
                .containsExactly(Entry.MODULITH, Entry.OUTBOX_EMBEDDED);
    }

    @Test
    void theLargestBacklogSaysHowOftenGrowthIsMeasured() {
        assertThat(options("--growth-to=10000000", "growth").scenarios()).hasSize(3);
    }

    @Test
    void anUnknownContenderIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> options("--contenders=debezium,debesium"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("No contender 'debesium' among [outbox-embedded, outbox-embedded-counted, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rounds=0", "--rounds=", "--growth-to=many"})
    void anImpossibleNumberIsRefused(String option) {
        assertThatThrownBy(() -> options(option))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("must be a whole number from 1 on");
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThatThrownBy(() -> options("--fast", "drain")).hasMessage("Unknown option: '--fast'");
    }

    @Test
    void helpNamesEveryContenderAndEveryScenario() {
        assertThat(new CommandLine(new Options()).getUsageMessage())
                .contains(Arrays.stream(Entry.values()).map(Entry::id).toList())
                .contains(options().scenarios().stream().map(Scenario::name).toList());
    }

    /** As {@code labs/benchmarks/run} hands them on. */
    static Options options(String... arguments) {
        return CommandLine.populateCommand(
                new Options(),
                Stream.concat(Stream.of("benchmarks", "work"), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
