package dev.outbox.consumer.internal.failure;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses between attempts. Each pause is longer than the one before, up to a cap. A part of it is random, so that
 * events that failed at the same time are not tried again at the same time. Thread-safe if the random generator is.
 */
public final class RetryPauses {

    private final FailureProperties properties;
    private final RandomGenerator random;

    /**
     * @param properties how long the pauses are
     * @param random chooses within the jitter
     */
    public RetryPauses(FailureProperties properties, RandomGenerator random) {
        this.properties = properties;
        this.random = random;
    }

    /** {@return the pause after an attempt, counted from 1} */
    public Duration after(int attempt) {
        double first = (double) properties.initialInterval().toNanos();
        double longest = (double) properties.maxInterval().toNanos();
        double capped = Math.min(first * Math.pow(properties.multiplier(), Math.max(0, attempt - 1)), longest);
        return Duration.ofNanos((long) (capped * (1 - properties.jitter() * random.nextDouble())));
    }
}
