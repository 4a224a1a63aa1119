package dev.outbox.console.internal.targets;

import java.time.Duration;
import java.util.List;

/**
 * Where the events of an outbox go.
 *
 * @param outbox its name
 * @param answer whether they get there and why not, in one sentence
 * @param waiting how many events are not published, not counting parked and held ones
 * @param moreWaiting whether there are more than were counted
 * @param age how long the oldest of them has been waiting
 * @param troubles why lanes of this process do not move, without repetition; none if all is well, or another process relays
 * @param targets where they go
 */
public record Targets(
        String outbox,
        String answer,
        long waiting,
        boolean moreWaiting,
        Duration age,
        List<String> troubles,
        List<Target> targets) {

    /** Keeps unmodifiable copies. */
    public Targets {
        troubles = List.copyOf(troubles);
        targets = List.copyOf(targets);
    }
}
