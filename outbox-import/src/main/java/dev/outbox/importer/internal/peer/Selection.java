package dev.outbox.importer.internal.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the pending rows are for the import.
 *
 * @param handlers those whose rows are taken, if the other outbox has a row for each handler
 * @param ignoredTypes types that stay
 * @param since rows from before stay; null for all
 * @param minAge younger rows stay for the time being
 */
public record Selection(
        Set<String> handlers,
        Set<String> ignoredTypes,
        @Nullable Instant since,
        Duration minAge) {

    /** Keeps unmodifiable copies. */
    public Selection {
        handlers = Set.copyOf(handlers);
        ignoredTypes = Set.copyOf(ignoredTypes);
    }
}
