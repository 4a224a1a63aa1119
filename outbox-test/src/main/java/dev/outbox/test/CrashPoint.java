package dev.outbox.test;

/**
 * Where a consumer or a relay can be made to crash.
 *
 * @since 0.1.0
 */
public enum CrashPoint {

    /**
     * The handlers have run and the consumer dies, once, before their transaction is committed: nothing of it remains. When
     * it has recovered, it gets the events again, as new ones.
     */
    AFTER_HANDLERS_BEFORE_COMMIT,

    /**
     * The transaction is committed and the consumer dies, once, before the broker knows it. When it has recovered, it gets
     * the events again, as duplicates.
     */
    AFTER_COMMIT_BEFORE_OFFSET,

    /** The event is committed and the relay dies each time before it sends one, until it recovers. */
    AFTER_COMMIT_BEFORE_SEND,

    /**
     * The broker has the event and the relay dies, once, before it saves its position. The next relay sends the event a
     * second time.
     */
    AFTER_SEND_BEFORE_POSITION
}
