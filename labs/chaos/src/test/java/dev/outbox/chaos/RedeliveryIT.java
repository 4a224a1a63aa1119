package dev.outbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.chaos.process.ChildProcess;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumers of a topic on which much comes again, whose handlers fail now and then, which join, leave and are killed: each
 * event has its effect once, and in the order of its account, by either guard. {@code -Dchaos.events=200000} makes it a long
 * run, {@code -Dchaos.seed} another one.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes are stopped and continued by signals")
class RedeliveryIT {

    private static final Logger log = LoggerFactory.getLogger(RedeliveryIT.class);

    private static final int EVENTS = Integer.getInteger("chaos.events", 15_000);
    private static final long SEED = Long.getLong("chaos.seed", 1);

    /** Of each of the two consumers that every process has. */
    private static final int EFFECTS = 2 * EVENTS;

    /** The consumers are still at work when the last disturbance comes, and nobody waits long for records. */
    private static final int PER_SECOND = Math.max(1_500, EVENTS / 30);

    @Test
    void everyEventHasItsEffectOnceAndInOrder() throws Exception {
        try (RedeliveryRun run = RedeliveryRun.start("redelivery", SEED, EVENTS, PER_SECOND)) {
            run.deliver(EVENTS / 3);
            ChildProcess first = run.addConsumer();
            run.addConsumer();
            run.awaitEffects(EFFECTS / 20);
            ChildProcess third = run.addConsumer();
            run.awaitMembers(3);
            run.deliver(EVENTS / 3);
            run.awaitEffects(EFFECTS * 2 / 5);
            run.release();
            run.removeConsumer(third);
            run.awaitMembers(2);
            run.deliver(EVENTS);
            run.awaitEffects(EFFECTS * 3 / 5);
            run.killInTransaction(first);
            run.addConsumer();
            int records = run.awaitConsumed();
            int keys = run.parkedKeys();
            int released = run.release();
            log.info(
                    "{} events in {} records, {} of them failing; {} keys parked at the end, {} events released",
                    EVENTS,
                    records,
                    run.failing(),
                    keys,
                    released);
            log.info("{}", run.story());
            assertThat(records).as("records").isGreaterThan(EVENTS + EVENTS / 10);
            assertThat(run.failing()).as("failing events").isGreaterThan(EVENTS / 200);
            assertThat(keys).as("keys that were parked at the end").isPositive();
            assertThat(run.parkedKeys()).as("keys that are parked now").isZero();
            assertNoViolations(run);
        }
    }

    private static void assertNoViolations(RedeliveryRun run) {
        List<String> violations = run.violations();
        assertThat(violations.stream().limit(30))
                .as(
                        "%d violations with -Dchaos.events=%d -Dchaos.seed=%d%n%s",
                        violations.size(), EVENTS, SEED, run.story())
                .isEmpty();
    }
}
