package dev.outbox.chaos;

import dev.outbox.chaos.process.Engine;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chaos for as long as {@code -Dchaos.minutes} says: runs of a minute or so, each with disturbances by chance, from a seed
 * that is printed at its start. {@code -Dchaos.seed} begins with that one; the next run has the next seed. The engine of the
 * relays is drawn too, unless {@code -Dchaos.engine} is POLL, TAIL or MIXED; QUEUE takes place on MariaDB.
 *
 * <p>A seed repeats what is done and what is written, and not when the processes come to it: what one run has found,
 * another one with its seed need not find.
 */
@EnabledIfSystemProperty(
        named = RandomChaosIT.MINUTES,
        matches = "\\d+",
        disabledReason = "takes as long as it is told to")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes are stopped and continued by signals")
class RandomChaosIT {

    static final String MINUTES = "chaos.minutes";

    private static final String ENGINE = "chaos.engine";
    private static final String SEED = "chaos.seed";
    private static final int STEPS = 12;
    private static final Logger log = LoggerFactory.getLogger(RandomChaosIT.class);

    @Test
    void keepsItsPromisesWhateverHappens() throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(Long.getLong(MINUTES)).toNanos();
        long seed = Long.getLong(SEED, System.currentTimeMillis() % 1_000_000);
        do {
            run(seed);
            seed++;
        } while (System.nanoTime() - end < 0);
    }

    private static void run(long seed) throws Exception {
        log.info("Seed {}; to begin with it: -Dchaos.minutes=1 -Dchaos.seed={}", seed, seed);
        SplittableRandom random = new SplittableRandom(seed);
        int lanes = 1 + random.nextInt(8);
        Engine drawn = Engine.OF_POSTGRES.get(random.nextInt(Engine.OF_POSTGRES.size()));
        Engine engine = Engine.valueOf(System.getProperty(ENGINE, drawn.name()));
        Servers servers = engine == Engine.QUEUE ? Servers.mariaDb() : Servers.replicated();
        try (ChaosRun run = ChaosRun.start(servers, "seed-" + seed, seed, lanes, 1 + random.nextInt(3), engine)) {
            run.story().tell("seed %d, engine %s".formatted(seed, engine));
            RandomDisturbances disturbances = new RandomDisturbances(run, random, engine);
            for (int step = 0; step < STEPS; step++) {
                disturbances.step();
            }
            disturbances.end();
            run.finish().assertPromisesKept(run.story().toString());
        } catch (Exception | AssertionError e) {
            log.error("Failed: -Dchaos.minutes=1 -Dchaos.seed={}", seed);
            throw e;
        }
    }
}
