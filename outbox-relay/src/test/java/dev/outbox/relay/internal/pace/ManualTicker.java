package dev.outbox.relay.internal.pace;

import java.time.Duration;

/** Time that a test moves. */
public final class ManualTicker implements Ticker {

    private long now;

    @Override
    public long nanos() {
        return now;
    }

    public void advance(Duration time) {
        now += time.toNanos();
    }
}
