package dev.outbox.inbox.retention;

import java.time.Duration;
import java.util.List;

/** The ids that the inbox remembers. */
@FunctionalInterface
interface ProcessedEvents {

    /** {@return how many events were removed of those handled longer ago, by the database's clock; never more than the limit} */
    int removeOlderThan(Duration age, int limit);

    /** {@return those of all of them, one after the other} */
    static ProcessedEvents of(List<ProcessedEvents> parts) {
        return (age, limit) -> {
            int removed = 0;
            for (ProcessedEvents part : parts) {
                removed += removed < limit ? part.removeOlderThan(age, limit - removed) : 0;
            }
            return removed;
        };
    }
}
