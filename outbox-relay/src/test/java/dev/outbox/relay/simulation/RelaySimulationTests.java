package dev.outbox.relay.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The relay against everything that may go wrong around it, in virtual time, from a seed; and the proof that the
 * simulation sees what it is there to see.
 *
 * <p>{@code -Doutbox.simulation.seeds=1000000} runs more of them, {@code -Doutbox.simulation.from=12000} others, and
 * {@code -Doutbox.simulation.seed=42} a single one.
 */
class RelaySimulationTests {

    private static final int SEEDS = 12_000;

    /** So many seeds are enough to see that a rule is missing. */
    private static final int SEEDS_TO_NOTICE = 2_000;

    @Test
    void keepsItsPromisesWhateverGoesWrong() {
        seeds().parallel().forEach(Simulation::run);
    }

    @Test
    void goesThroughEveryFault() {
        Set<Fault> struck = EnumSet.noneOf(Fault.class);
        int repetitions = 0;
        int leases = 0;
        int parked = 0;
        int held = 0;
        int divisions = 0;
        for (long seed = 0; seed < 400; seed++) {
            Simulation.Outcome outcome = Simulation.run(seed);
            struck.addAll(outcome.struck());
            repetitions += outcome.repetitions();
            leases += outcome.leases();
            parked += outcome.parked();
            held += outcome.held();
            divisions += outcome.divisions();
        }

        assertThat(struck).containsExactlyInAnyOrder(Fault.values());
        assertThat(repetitions).isGreaterThan(200);
        assertThat(leases).isGreaterThan(400);
        assertThat(parked).isGreaterThan(200);
        assertThat(held).isGreaterThan(200);
        assertThat(divisions).isGreaterThan(200);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void breaksAPromiseWithoutTheRule(Rule rule) {
        assertThatExceptionOfType(BrokenRun.class)
                .isThrownBy(
                        () -> LongStream.range(0, SEEDS_TO_NOTICE).forEach(seed -> Simulation.run(seed, Set.of(rule))));
    }

    private static LongStream seeds() {
        Long one = Long.getLong("outbox.simulation.seed");
        if (one != null) {
            return LongStream.of(one);
        }
        long from = Long.getLong("outbox.simulation.from", 0);
        return LongStream.range(from, from + Long.getLong("outbox.simulation.seeds", SEEDS));
    }
}
