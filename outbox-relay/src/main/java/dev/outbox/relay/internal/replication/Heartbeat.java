package dev.outbox.relay.internal.replication;

import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Where the server and the lanes are.
 *
 * @param snapshot what is committed
 * @param wal the end of the WAL after the snapshot was taken; every commit that the snapshot sees is before it
 * @param positions the saved position of each lane; null for a lane that has none
 * @param retainedBytes how much WAL the slot keeps
 * @param walStatus what the server says about the slot: reserved, extended, unreserved or lost
 * @param confirmed up to where the reader of the slot has confirmed what it was sent; null if there is no slot
 */
public record Heartbeat(
        Snapshot snapshot,
        LogSequenceNumber wal,
        List<@Nullable String> positions,
        long retainedBytes,
        @Nullable String walStatus,
        @Nullable LogSequenceNumber confirmed) {

    /** {@return whether everything that the snapshot sees is published, or stored for a later decision} */
    public boolean isPublished(Snapshot seen) {
        return !positions.isEmpty()
                && positions.stream()
                        .allMatch(position -> position != null
                                && Position.parse(position).done().covers(seen));
    }
}
