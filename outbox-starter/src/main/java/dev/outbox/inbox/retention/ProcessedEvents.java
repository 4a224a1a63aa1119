package dev.outbox.inbox.retention;

import java.time.Duration;

/** The ids that the inbox remembers. */
@FunctionalInterface
interface ProcessedEvents {

    /** {@return how many events were removed of those handled longer ago, by the database's clock; never more than the limit} */
    int removeOlderThan(Duration age, int limit);
}
