package dev.outbox.eventstore.internal.projection.log;

import dev.outbox.event.AggregateRef;

/**
 * The buckets of one lane. The events of a stream are in one bucket, so they are handled by one lane, in order.
 *
 * @param first lowest bucket
 * @param last highest bucket
 */
public record Buckets(int first, int last) {

    /** {@return the buckets of a lane, counted from 0, if there are so many lanes} */
    public static Buckets of(int lane, int lanes) {
        return new Buckets(lane * AggregateRef.BUCKETS / lanes, (lane + 1) * AggregateRef.BUCKETS / lanes - 1);
    }

    /** {@return the lane that a bucket belongs to, if there are so many lanes} */
    public static int laneOf(int bucket, int lanes) {
        return ((bucket + 1) * lanes - 1) / AggregateRef.BUCKETS;
    }
}
