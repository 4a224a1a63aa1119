package dev.outbox.internal.wakeup;

/**
 * A hint that is passed on to relays in other processes. It is not called for commits that other processes reported, because
 * two processes would then wake each other forever.
 */
public interface RemoteCommitHint extends CommitHint {}
