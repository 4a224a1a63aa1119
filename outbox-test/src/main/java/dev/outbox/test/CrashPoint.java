package dev.outbox.test;

/** Where a relay can be made to crash. */
public enum CrashPoint {

    /** The event is committed and the relay dies each time before it sends one, until it recovers. */
    AFTER_COMMIT_BEFORE_SEND,

    /**
     * The broker has the event and the relay dies, once, before it saves how far it has come. Its successor sends the event
     * a second time.
     */
    AFTER_SEND_BEFORE_POSITION
}
