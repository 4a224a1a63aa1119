package dev.outbox.relay.internal.lease;

import dev.outbox.relay.internal.log.Position;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about a lane.
 *
 * @param lane the lane
 * @param epoch count of its owners
 * @param position the durable position
 * @param floorSeq later transactions than {@code floorXid} draw a higher {@code seq}
 * @param floorXid a transaction that the position is past
 * @param history the server and the storage on which the position was saved, or null if it never was
 * @param owned whether its lease is live
 */
record StoredLane(
        Lane lane,
        long epoch,
        Position position,
        long floorSeq,
        long floorXid,
        @Nullable String history,
        boolean owned) {

    /** {@return the lanes into which the buckets are divided next} {@link LaneLayout#change} has the rules. */
    static List<StoredLane> divide(List<StoredLane> old, int lanes) {
        long epoch = old.stream().mapToLong(StoredLane::epoch).max().orElse(0) + 1;
        return IntStream.range(0, lanes)
                .mapToObj(number -> new Lane(number, lanes))
                .map(lane -> from(old, lane, epoch))
                .toList();
    }

    private static StoredLane from(List<StoredLane> old, Lane lane, long epoch) {
        Position start = old.stream()
                .filter(candidate -> candidate.lane().overlaps(lane))
                .map(StoredLane::position)
                .reduce(Position::sharedWith)
                .orElse(Position.START);
        // Any lane's floor is valid for all lanes, but the position has to be past it. It is the mark too: the first
        // save makes it the floor.
        StoredLane lowest =
                old.stream().min(Comparator.comparingLong(StoredLane::floorXid)).orElse(null);
        return new StoredLane(
                lane,
                epoch,
                start,
                lowest == null ? 0 : lowest.floorSeq(),
                lowest == null ? 0 : lowest.floorXid(),
                old.isEmpty() ? null : old.get(0).history(),
                false);
    }
}
