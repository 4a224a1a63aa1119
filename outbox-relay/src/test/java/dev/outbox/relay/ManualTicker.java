package dev.outbox.relay;

import java.time.Duration;

/** Time that a test moves. */
final class ManualTicker implements Ticker {

    private long now;

    @Override
    public long nanos() {
        return now;
    }

    void advance(Duration time) {
        now += time.toNanos();
    }
}
