package dev.outbox.benchmark;

import java.time.Duration;

/** How long we wait. */
final class Timing {

    /** For what should be there in a moment. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Timing() {}

    static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }
}
