package dev.outbox.store;

/**
 * A hint that is passed on to relays in other processes. Not for commits that were heard of from there: two processes
 * would wake each other for ever.
 */
public interface RemoteCommitHint extends CommitHint {}
