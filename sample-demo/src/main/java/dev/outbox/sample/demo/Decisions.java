package dev.outbox.sample.demo;

import java.time.Duration;

/** Waits for the decisions, as long as there are still some coming in. */
record Decisions(Ledger ledger) {

    private static final Duration STALLED_AFTER = Duration.ofSeconds(30);
    private static final long INTERVAL_MILLIS = 250;

    /** Returns when every order is decided, or nothing has been decided for too long; the counts then show it. */
    void await(Runnable progress) throws InterruptedException {
        long undecided = Long.MAX_VALUE;
        long since = System.nanoTime();
        while (undecided > 0 && System.nanoTime() - since < STALLED_AFTER.toNanos()) {
            long now = ledger.undecided();
            if (now < undecided) {
                undecided = now;
                since = System.nanoTime();
                progress.run();
            }
            if (undecided > 0) {
                Thread.sleep(INTERVAL_MILLIS);
            }
        }
    }
}
