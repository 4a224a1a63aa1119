package dev.outbox.sample.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** One line of output that grows while something is under way. Thread-safe. */
final class Progress {

    private static final int DOTS = 20;

    private final PrintStream out;
    private final long start = System.nanoTime();

    private Progress(PrintStream out) {
        this.out = out;
    }

    static Progress start(PrintStream out, String what) {
        out.print(what + " ");
        out.flush();
        return new Progress(out);
    }

    void step() {
        out.print('.');
        out.flush();
    }

    /** {@return a step to be taken so often that it makes at most {@value #DOTS} dots in all} */
    Runnable every(int steps) {
        int stride = (steps + DOTS - 1) / DOTS;
        AtomicInteger taken = new AtomicInteger();
        return () -> {
            if (taken.incrementAndGet() % stride == 0) {
                step();
            }
        };
    }

    void done() {
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        out.printf(" %.1f s%n", taken.toMillis() / 1000.0);
    }
}
