package dev.outbox.consumer.internal.handler;

import dev.outbox.consumer.internal.record.InboxRecord;

/** What surrounds the handling of one record, such as its trace. */
@FunctionalInterface
public interface RecordScope {

    /** Adds nothing. */
    RecordScope NONE = (received, handlers) -> handlers.run();

    /** Calls the handlers and passes on what they throw. */
    void run(InboxRecord received, Runnable handlers);
}
