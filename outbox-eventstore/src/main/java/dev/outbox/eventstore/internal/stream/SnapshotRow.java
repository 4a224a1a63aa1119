package dev.outbox.eventstore.internal.stream;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A stored snapshot.
 *
 * @param version the last event that the state contains
 * @param state as it was written; not copied
 * @param subjects whose data is in the state, which is encrypted under their keys
 */
@SuppressWarnings("ArrayRecordComponent") // it goes to and comes from the driver as it is, and is never compared
public record SnapshotRow(long version, byte[] state, SortedSet<String> subjects) {

    public SnapshotRow {
        subjects = Collections.unmodifiableSortedSet(new TreeSet<>(subjects));
    }

    /** A state without personal data. */
    public SnapshotRow(long version, byte[] state) {
        this(version, state, new TreeSet<>());
    }
}
