package dev.outbox.relay.simulation;

import java.util.List;

/** A run in which a promise was broken: which, how it came to that, and how to see it again. */
final class BrokenRun extends AssertionError {

    private static final long serialVersionUID = 1L;
    private static final int LAST_LINES = 150;

    BrokenRun(long seed, AssertionError broken, World world) {
        super("""
                Seed %d: %s
                To repeat it: ./mvnw -pl outbox-relay -am test -Dtest=RelaySimulationTests \
                -Dsurefire.failIfNoSpecifiedTests=false -Doutbox.simulation.seed=%d
                %s
                %s""".formatted(seed, broken.getMessage(), seed, world.plan(), tail(world.trace())), broken);
    }

    private static String tail(List<String> trace) {
        return String.join("\n", trace.subList(Math.max(0, trace.size() - LAST_LINES), trace.size()));
    }
}
