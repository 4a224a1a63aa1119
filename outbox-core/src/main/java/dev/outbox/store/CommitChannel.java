package dev.outbox.store;

/** Where services tell relays in other processes of commits: a channel of PostgreSQL's LISTEN and NOTIFY. */
public final class CommitChannel {

    /** The name of the channel. */
    public static final String NAME = "outbox_commit";

    private CommitChannel() {}
}
