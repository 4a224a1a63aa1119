package dev.outbox.relay.retention;

import dev.outbox.relay.internal.slot.SlotCycle;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Checks, before the relay starts, whether the slots can keep the events for the configured time. */
final class RetentionCheck implements SmartInitializingSingleton {

    private final Supplier<SlotCycle> cycle;
    private final Duration keep;

    RetentionCheck(Supplier<SlotCycle> cycle, Duration keep) {
        this.cycle = cycle;
        this.keep = keep;
    }

    /**
     * @throws ImpossibleRetentionException if they cannot
     */
    @Override
    public void afterSingletonsInstantiated() {
        SlotCycle current;
        try {
            current = cycle.get();
        } catch (IllegalStateException e) {
            throw new ImpossibleRetentionException(e);
        }
        if (keep.compareTo(current.rest()) >= 0) {
            throw new ImpossibleRetentionException(keep, current);
        }
    }
}
