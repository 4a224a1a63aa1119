package dev.outbox.eventstore.internal.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load reads of a stream.
 *
 * @param snapshot where it begins; null if there is none that fits
 * @param rows the events after that, in order
 */
public record StreamHistory(@Nullable SnapshotRow snapshot, List<StreamRow> rows) {

    public StreamHistory {
        rows = List.copyOf(rows);
    }

    /** {@return the version after which the events come} */
    public long after() {
        return snapshot == null ? 0 : snapshot.version();
    }
}
