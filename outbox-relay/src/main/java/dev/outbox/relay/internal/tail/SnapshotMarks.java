package dev.outbox.relay.internal.tail;

import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.relay.internal.replication.Heartbeat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Snapshots on their way through the stream.
 *
 * <ol>
 *   <li>A heartbeat reads a snapshot, and then the end of the WAL. A commit is in the WAL before it is visible, so all commits
 *       that the snapshot sees are before that end.
 *   <li>When the stream has come there, it has brought everything that the snapshot sees.
 *   <li>When the saved positions of all lanes cover it as well, the server need not keep the WAL before that end.
 * </ol>
 *
 * <p>One snapshot is on its way at a time, and one waits for the lanes. For use by a single thread.
 */
final class SnapshotMarks {

    private @Nullable Heartbeat ahead;
    private @Nullable Heartbeat passed;

    /** A heartbeat has been read. */
    void taken(Heartbeat beat) {
        if (ahead == null) {
            ahead = beat;
        }
    }

    /** {@return a snapshot of which everything has come now} */
    Optional<Snapshot> reached(LogSequenceNumber position) {
        Heartbeat mark = ahead;
        if (mark == null || position.compareTo(mark.wal()) < 0) {
            return Optional.empty();
        }
        ahead = null;
        if (passed == null) {
            passed = mark;
        }
        return Optional.of(mark.snapshot());
    }

    /** {@return up to where everything is published, if that is further than before} */
    Optional<LogSequenceNumber> published(Heartbeat beat) {
        Heartbeat mark = passed;
        if (mark == null || !beat.isPublished(mark.snapshot())) {
            return Optional.empty();
        }
        passed = null;
        return Optional.of(mark.wal());
    }

    void clear() {
        ahead = null;
        passed = null;
    }
}
