package dev.outbox.relay.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Time and chance of one run; the same seed makes the same run. */
final class World {

    static final long MILLI = 1_000_000;

    /** From here on nothing goes wrong any more, and nothing new is written. */
    static final long FAULTS_END = 6_000 * MILLI;

    private final VirtualTime time = new VirtualTime();
    private final SplittableRandom random;
    private final Plan plan;
    private final Set<Rule> suspended;
    private final boolean traced;
    private final Set<Fault> struck = EnumSet.noneOf(Fault.class);
    private final List<String> trace = new ArrayList<>();

    World(long seed, Set<Rule> suspended, boolean traced) {
        this.random = new SplittableRandom(seed);
        this.plan = Plan.draw(seed, random);
        this.suspended = suspended;
        this.traced = traced;
    }

    Plan plan() {
        return plan;
    }

    SplittableRandom random() {
        return random;
    }

    VirtualTime time() {
        return time;
    }

    long now() {
        return time.now();
    }

    void after(long nanos, Runnable action) {
        time.after(nanos, action);
    }

    boolean holds(Rule rule) {
        return !suspended.contains(rule);
    }

    boolean faultsAreOver() {
        return now() >= FAULTS_END;
    }

    /** Whether a fault strikes here, where it does so once in so many times. */
    boolean strikes(Fault fault, int onceIn) {
        if (!plan.faults().contains(fault) || faultsAreOver() || random.nextInt(onceIn) > 0) {
            return false;
        }
        struck.add(fault);
        return true;
    }

    Set<Fault> struck() {
        return struck;
    }

    /** A time in nanoseconds, drawn from a range in milliseconds. */
    long between(long fromMillis, long toMillis) {
        return random.nextLong(fromMillis * MILLI, toMillis * MILLI);
    }

    void say(Supplier<String> line) {
        if (traced) {
            trace.add("%9.3f  ".formatted(now() / (double) MILLI) + line.get());
        }
    }

    List<String> trace() {
        return trace;
    }
}
