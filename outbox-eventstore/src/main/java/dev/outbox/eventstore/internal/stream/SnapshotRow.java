package dev.outbox.eventstore.internal.stream;

/**
 * A stored snapshot.
 *
 * @param version the last event that the state contains
 * @param state as it was written; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // it goes to and comes from the driver as it is, and is never compared
public record SnapshotRow(long version, byte[] state) {}
