package dev.outbox.eventstore.internal.projection.lane;

import java.time.Duration;

/**
 * How lanes are filled.
 *
 * @param owner the name of this process
 * @param ttl after how much silence another process may take a lane over
 * @param rows how many events a transaction handles at most
 * @param attempts how often an event is tried before the lane counts as stopped
 * @param firstRetry the pause after the first failure; it doubles
 * @param longestRetry the pause between attempts of a lane that has stopped
 * @param longestIdle the pause between two looks for new events, if nothing happens
 */
public record LaneSettings(
        String owner,
        Duration ttl,
        int rows,
        int attempts,
        Duration firstRetry,
        Duration longestRetry,
        Duration longestIdle) {}
