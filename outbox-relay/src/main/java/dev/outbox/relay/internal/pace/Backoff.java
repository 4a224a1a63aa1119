package dev.outbox.relay.internal.pace;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing pauses between attempts: doubled each time up to a cap, with the upper half random. For use by a single thread. */
public final class Backoff {

    private final Duration initial;
    private final Duration max;
    private final RandomGenerator random;
    private Duration current;

    public Backoff(Duration initial, Duration max, RandomGenerator random) {
        this.initial = initial;
        this.max = max;
        this.random = random;
        this.current = initial;
    }

    public Duration next() {
        long half = current.toNanos() / 2;
        Duration doubled = current.multipliedBy(2);
        current = doubled.compareTo(max) < 0 ? doubled : max;
        return Duration.ofNanos(half + random.nextLong(half + 1));
    }

    public void reset() {
        current = initial;
    }
}
