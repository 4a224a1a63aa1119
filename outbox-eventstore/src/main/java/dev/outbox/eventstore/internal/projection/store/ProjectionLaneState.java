package dev.outbox.eventstore.internal.projection.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lane, as people and {@code await} look at it.
 *
 * @param lane its number, counted from 0
 * @param owner who fills it; null if nobody does
 * @param isBehind whether it works off a backlog, or has not begun
 * @param handled how many events it has handled
 * @param busyMicros how long that took
 * @param savedAt when its position was saved last
 * @param failed the event that it has stopped at, or null
 */
public record ProjectionLaneState(
        int lane,
        @Nullable String owner,
        boolean isBehind,
        long handled,
        long busyMicros,
        Instant savedAt,
        @Nullable FailedEvent failed) {}
