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
        Duration longestIdle) {

    /**
     * A transaction of a rebuild is longer, because nobody waits for it: it begins with a change of the {@code search_path}, at
     * which a driver may forget what it has prepared, as PostgreSQL's does with PostgreSQL 18.
     */
    private static final int ROWS_OF_A_REBUILD = 5;

    /** {@return the settings for a generation that is being built} */
    public LaneSettings forRebuild() {
        return new LaneSettings(owner, ttl, rows * ROWS_OF_A_REBUILD, attempts, firstRetry, longestRetry, longestIdle);
    }
}
