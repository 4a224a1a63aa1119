package dev.outbox.consumer;

/** What surrounds the handling of one record, such as its trace. */
@FunctionalInterface
interface RecordScope {

    /** Adds nothing. */
    RecordScope NONE = (received, handlers) -> handlers.run();

    /** Calls the handlers and passes on what they throw. */
    void run(InboxRecord received, Runnable handlers);
}
