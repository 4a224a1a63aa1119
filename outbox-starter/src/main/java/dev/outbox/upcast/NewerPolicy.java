package dev.outbox.upcast;

/** What to do with an event whose version is newer than anything that the service knows. */
public enum NewerPolicy {

    /** It fails as any event does that cannot be read: it is tried again, as the failure policy of its consumer has it. */
    FAIL,

    /** It is put aside at once, without another attempt, if the consumer can park events; else as {@link #FAIL}. */
    PARK,

    /**
     * It is read as if it were of the latest version that is known. What that version lacks is lost, and what is missing
     * for it is null: for types whose new versions only ever add.
     */
    TOLERATE
}
