package dev.outbox.relay.retention;

import dev.outbox.relay.internal.slot.SlotCycle;
import dev.outbox.relay.internal.slot.SlotResult;
import dev.outbox.relay.internal.slot.SlotResult.Empty;
import dev.outbox.relay.internal.slot.SlotResult.InUse;
import dev.outbox.relay.internal.slot.SlotResult.Truncated;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How long there is to remove the events of a slot before it is the next one to be written to. After that, they stay for another
 * round. For use by a single thread.
 */
final class SlotHeadroom {

    private final Set<Integer> full = new HashSet<>();

    /**
     * {@return the shortest such time; zero while the events of a slot are late, a whole rest if no slot at rest has events}
     *
     * @param results of the run at this time, for each slot
     */
    Duration after(List<SlotResult> results, SlotCycle cycle, Instant now) {
        Duration shortest = cycle.rest();
        for (SlotResult result : results) {
            if (result instanceof Truncated || result instanceof Empty) {
                full.remove(result.slot());
            } else if (!(result instanceof InUse)) {
                full.add(result.slot());
            }
            Duration left = cycle.untilNext(result.slot(), now);
            if (full.contains(result.slot()) && left.compareTo(shortest) < 0) {
                shortest = left;
            }
        }
        return shortest;
    }
}
