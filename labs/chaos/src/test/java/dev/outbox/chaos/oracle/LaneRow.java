package dev.outbox.chaos.oracle;

import dev.outbox.relay.internal.log.Position;
import org.jspecify.annotations.Nullable;

/**
 * One write of a row of {@code outbox_lane}, or one that is allowed to its owner alone.
 *
 * @param writer the program that wrote it, as its session tells
 * @param isNew whether the row was inserted, because the lanes were divided anew
 * @param lane number of the lane
 * @param owner who owns the lane from then on, or null
 * @param epoch its epoch from then on
 * @param position its position from then on
 */
public record LaneRow(
        String writer, boolean isNew, int lane, @Nullable String owner, long epoch, Position position) {}
