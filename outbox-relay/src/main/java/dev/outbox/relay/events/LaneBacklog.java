package dev.outbox.relay.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a lane has not published yet, without parked events.
 *
 * @param lane its number
 * @param events how many events wait; as many as were counted if there are more
 * @param more whether there are more
 * @param oldest when the first of them was raised; null if none waits
 * @since 0.1.0
 */
public record LaneBacklog(
        int lane, long events, boolean more, @Nullable Instant oldest) {}
