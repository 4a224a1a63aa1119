package dev.outbox.relay.internal.log;

/**
 * The time of one owner of a lane. A position in memory is only valid in the epoch in which its lane was acquired.
 *
 * @param buckets the buckets of the lane
 * @param epoch count of the lane's owners; raised whenever the lane is acquired, or the lanes are divided again
 */
public record LaneEpoch(BucketRange buckets, long epoch) {}
