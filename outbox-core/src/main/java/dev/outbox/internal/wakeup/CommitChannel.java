package dev.outbox.internal.wakeup;

/** The PostgreSQL LISTEN and NOTIFY channel on which services tell relays in other processes about commits. */
public final class CommitChannel {

    /** The name of the channel. */
    public static final String NAME = "outbox_commit";

    private CommitChannel() {}
}
