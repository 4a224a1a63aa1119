package dev.outbox.relay.retention;

import dev.outbox.relay.internal.slot.SlotCycle;
import java.time.Duration;

/** Published events cannot be kept for the configured time, because their slot would be written to again before it ends. */
final class ImpossibleRetentionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    ImpossibleRetentionException(Duration keep, SlotCycle cycle) {
        super(
                "outbox.relay.retention.keep is %s; with %d slots of %s each, a slot rests for %s before it is the next one to be written to, and events can be kept for less than that."
                        .formatted(keep, cycle.slots(), cycle.period(), cycle.rest()));
        long seconds = keep.toSeconds() / (cycle.slots() - 2) + 1;
        this.fix =
                "Set a shorter time, or make the slots longer: alter table outbox_event alter column slot set default"
                        + " floor(extract(epoch from now()) / %d)::bigint %% %d".formatted(seconds, cycle.slots());
    }

    ImpossibleRetentionException(IllegalStateException cause) {
        super("It is not known how long events can be kept.", cause);
        this.fix = String.valueOf(cause.getMessage());
    }

    String fix() {
        return fix;
    }
}
