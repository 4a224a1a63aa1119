package dev.outbox.relay;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing pauses between attempts: doubled each time up to a cap, with the upper half random. For use by a single thread. */
final class Backoff {

    private final Duration initial;
    private final Duration max;
    private final RandomGenerator random;
    private Duration current;

    Backoff(Duration initial, Duration max, RandomGenerator random) {
        this.initial = initial;
        this.max = max;
        this.random = random;
        this.current = initial;
    }

    Duration next() {
        long half = current.toNanos() / 2;
        Duration doubled = current.multipliedBy(2);
        current = doubled.compareTo(max) < 0 ? doubled : max;
        return Duration.ofNanos(half + random.nextLong(half + 1));
    }

    void reset() {
        current = initial;
    }
}
