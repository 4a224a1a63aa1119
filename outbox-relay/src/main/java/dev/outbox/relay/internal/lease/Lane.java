package dev.outbox.relay.internal.lease;

import dev.outbox.event.AggregateRef;
import dev.outbox.relay.internal.log.BucketRange;

/**
 * One of the equal parts into which the buckets are divided. Its number means nothing without the count: lane 0 of 2 has
 * other buckets than lane 0 of 4.
 *
 * @param number counted from 0
 * @param count how many lanes there are, 1 to {@link #MAX}
 */
public record Lane(int number, int count) {

    /** As many lanes as there are buckets. */
    public static final int MAX = AggregateRef.BUCKETS;

    /** The lane that has all buckets. */
    public static final Lane ONLY = new Lane(0, 1);

    /**
     * @throws IllegalArgumentException if there cannot be such a lane
     */
    public Lane {
        if (count < 1 || count > MAX || number < 0 || number >= count) {
            throw new IllegalArgumentException(
                    "Lane %d of %d; there are 1 to %d lanes, counted from 0".formatted(number, count, MAX));
        }
    }

    /** {@return the number of the lane that has a bucket} */
    public static int of(int bucket, int count) {
        int lane = 0;
        while (lane + 1 < count && bucket > new Lane(lane, count).buckets().last()) {
            lane++;
        }
        return lane;
    }

    /** {@return the buckets of the lane; every bucket is in one lane, and the sizes of lanes differ by one bucket at most} */
    public BucketRange buckets() {
        return new BucketRange(firstBucket(number), firstBucket(number + 1) - 1);
    }

    /** {@return whether the lanes, perhaps of different counts, have a bucket in common} */
    public boolean overlaps(Lane other) {
        return buckets().first() <= other.buckets().last()
                && other.buckets().first() <= buckets().last();
    }

    @Override
    public String toString() {
        return number + " of " + count;
    }

    private int firstBucket(int lane) {
        return lane * AggregateRef.BUCKETS / count;
    }
}
