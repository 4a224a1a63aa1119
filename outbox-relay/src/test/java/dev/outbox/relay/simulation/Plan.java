package dev.outbox.relay.simulation;

import dev.outbox.relay.internal.log.ReadBudget;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What one run is made of.
 *
 * @param relays relays that share the lanes
 * @param lanes how many lanes they ask for at first
 * @param parks whether events that cannot be published are parked; else their lane waits
 * @param load what is written
 * @param budget budget of a page
 * @param maxPages pages in flight
 * @param batch records in one request
 * @param faults what may go wrong
 * @param topics how many topics there are
 * @param removes whether the database has no snapshots to store, and published events are removed
 */
record Plan(
        int relays,
        int lanes,
        boolean parks,
        Load load,
        ReadBudget budget,
        int maxPages,
        int batch,
        Set<Fault> faults,
        int topics,
        boolean removes) {

    /** Most topics that there are. */
    static final int MOST_TOPICS = 2;

    /** Bytes of the largest payload. */
    static final int LARGEST_PAYLOAD = 40;

    private static final int MOST_LANES = 4;
    private static final int CALM = 16;

    /**
     * @param transactions how many there are
     * @param aggregates how many aggregates they share
     * @param largest most events in one of them
     */
    record Load(int transactions, int aggregates, int largest) {}

    static Plan draw(long seed, RandomGenerator random) {
        Load load = new Load(random.nextInt(4, 40), random.nextInt(1, 7), random.nextInt(1, 6));
        ReadBudget budget =
                new ReadBudget(random.nextInt(1, 9), random.nextBoolean() ? 10_000 : random.nextInt(1, 150));
        return new Plan(
                random.nextInt(1, 4),
                random.nextBoolean() ? 1 : lanes(random),
                random.nextBoolean(),
                load,
                budget,
                random.nextInt(1, 4),
                random.nextInt(1, 5),
                isCalm(seed) ? Set.of() : faults(random),
                random.nextInt(1, MOST_TOPICS + 1),
                isWithoutSnapshots(seed));
    }

    /** A third of the runs, so that the others stay what they are. */
    private static boolean isWithoutSnapshots(long seed) {
        return seed % 3 == 2;
    }

    static int lanes(RandomGenerator random) {
        return random.nextInt(1, MOST_LANES + 1);
    }

    /** In some runs nothing goes wrong; they show what the relay does when left alone. */
    private static boolean isCalm(long seed) {
        return seed % CALM == 0;
    }

    private static Set<Fault> faults(RandomGenerator random) {
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        for (Fault fault : Fault.values()) {
            if (random.nextBoolean()) {
                faults.add(fault);
            }
        }
        return faults;
    }
}
