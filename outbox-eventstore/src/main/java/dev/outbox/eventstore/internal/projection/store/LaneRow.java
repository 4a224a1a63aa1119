package dev.outbox.eventstore.internal.projection.store;

import dev.outbox.eventstore.internal.projection.log.LogPosition;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the row of a lane says while it is locked.
 *
 * @param position what is handled
 * @param failed the event that the lane has stopped at, or null
 * @param skip the same, if a person has decided that it is passed over, or null
 */
public record LaneRow(
        LogPosition position,
        @Nullable UUID failed,
        @Nullable UUID skip) {}
