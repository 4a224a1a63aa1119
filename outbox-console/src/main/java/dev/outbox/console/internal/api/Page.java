package dev.outbox.console.internal.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items what is on it
 * @param next what to ask for as the next page, or null if this is the last one
 * @param <T> what the list is of
 */
public record Page<T>(List<T> items, @Nullable String next) {

    static final int LONGEST = 500;

    /** Keeps an unmodifiable copy. */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * {@return the number of items}
     *
     * @throws IllegalArgumentException if a page cannot have so many
     */
    public static int limit(int limit) {
        if (limit < 1 || limit > LONGEST) {
            throw new IllegalArgumentException("limit is %d; 1 to %d are possible".formatted(limit, LONGEST));
        }
        return limit;
    }
}
