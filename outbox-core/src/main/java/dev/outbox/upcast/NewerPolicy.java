package dev.outbox.upcast;

/**
 * What to do with an event whose version is newer than anything that the service knows.
 *
 * @since 0.1.0
 */
public enum NewerPolicy {

    /** It fails: it is tried again, as the failure policy of its consumer says. */
    FAIL,

    /** It is parked at once, without another attempt, if the consumer can park events; otherwise as with {@link #FAIL}. */
    PARK,

    /**
     * It is read as if it had the latest version that is known. What that version does not have is lost, and what is missing is
     * null. Use it for types whose new versions only ever add something.
     */
    TOLERATE
}
