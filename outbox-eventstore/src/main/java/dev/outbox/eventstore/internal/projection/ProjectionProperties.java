package dev.outbox.eventstore.internal.projection;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of projections.
 *
 * @param enabled whether this instance fills projections; another one may
 * @param attempts how often an event is tried before its lane counts as stopped
 * @param batchBytes payload bytes that one transaction handles, about
 * @param batchSize how many events one transaction handles at most; in a rebuild, five times as many
 * @param lease after how much silence another instance takes a lane over
 * @param lockTimeout how long a swap may make readers wait before it is put off
 * @param outdatedStatus health status while another version than that of this service is read; OUTDATED is shown but does not
 *     affect the status of the application, OUT_OF_SERVICE does, in each group that includes the indicator
 * @param pollInterval longest pause between two looks for new events; commits in the same process are noticed at once
 * @param retryInterval pause between the attempts of a lane that has stopped at an event
 * @param stoppedStatus health status while a lane of this instance has stopped at an event; STUCK is shown but does not affect the
 *     status of the application
 * @param start for each listed projection, where it begins instead: beginning, now, or a time such as 2026-01-31T00:00:00Z
 */
@ConfigurationProperties("outbox.projection")
record ProjectionProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("3") int attempts,
        @DefaultValue("4MB") DataSize batchBytes,
        @DefaultValue("200") int batchSize,
        @DefaultValue("10s") Duration lease,
        @DefaultValue("200ms") Duration lockTimeout,
        @DefaultValue("OUTDATED") String outdatedStatus,
        @DefaultValue("500ms") Duration pollInterval,
        @DefaultValue("30s") Duration retryInterval,
        @DefaultValue("STUCK") String stoppedStatus,
        @DefaultValue Map<String, String> start) {

    /**
     * @throws IllegalArgumentException if nothing could be handled
     */
    ProjectionProperties {
        if (attempts < 1 || batchSize < 1 || batchBytes.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "outbox.projection.attempts, batch-size and batch-bytes must be at least 1");
        }
        start = Map.copyOf(start);
    }
}
