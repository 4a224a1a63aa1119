package dev.outbox.console.internal.targets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A topic of a target.
 *
 * @param topic its name
 * @param held how many events wait for it, because it cannot be written to
 * @param heldAt since when, or null
 * @param reason why it cannot be written to, or null
 */
public record TargetTopic(
        String topic,
        long held,
        @Nullable Instant heldAt,
        @Nullable String reason) {}
