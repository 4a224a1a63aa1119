package dev.outbox.inbox.failure;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses between attempts: each longer than the one before up to a cap, a part of it left to chance, so that what
 * failed at once is not tried again at once. Thread-safe as far as the random generator is.
 */
public final class RetryPauses {

    private final FailureProperties properties;
    private final RandomGenerator random;

    /**
     * @param properties how long
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
