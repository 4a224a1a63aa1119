package dev.outbox.relay.internal.log;

import dev.outbox.event.AggregateRef;

/**
 * The buckets that one lane reads.
 *
 * @param first lowest bucket, 0 or more
 * @param last highest bucket, 63 or less
 */
public record BucketRange(int first, int last) {

    /** Every bucket: the range of a single lane. */
    public static final BucketRange ALL = new BucketRange(0, AggregateRef.BUCKETS - 1);

    /**
     * @throws IllegalArgumentException if the range is empty or outside 0 to 63
     */
    public BucketRange {
        if (first < 0 || last >= AggregateRef.BUCKETS || first > last) {
            throw new IllegalArgumentException(
                    "Buckets %d to %d are not a range within 0 to %d".formatted(first, last, AggregateRef.BUCKETS - 1));
        }
    }

    /** {@return how many of so many events are of these buckets, if they are spread evenly} */
    public long shareOf(long events) {
        return events * (last - first + 1) / AggregateRef.BUCKETS;
    }

    /** {@return whether the lane reads this bucket} */
    public boolean contains(int bucket) {
        return bucket >= first && bucket <= last;
    }
}
