package dev.outbox.internal.transaction;

import org.jspecify.annotations.Nullable;

/**
 * Work that must not raise events, because it is done again from time to time, such as that of a projection, which is filled anew
 * at each rebuild. Whoever raises an event on the thread meanwhile is told so. Thread-safe.
 */
public final class EventsRefused {

    private static final ThreadLocal<@Nullable String> WHERE = new ThreadLocal<>();

    private EventsRefused() {}

    /**
     * Does the work.
     *
     * @param where what is said to whoever raises an event: by what it was raised
     */
    public static void during(String where, Runnable work) {
        String before = WHERE.get();
        WHERE.set(where);
        try {
            work.run();
        } finally {
            if (before == null) {
                WHERE.remove();
            } else {
                WHERE.set(before);
            }
        }
    }

    /** {@return by what an event would be raised on this thread; null if it may be raised} */
    public static @Nullable String where() {
        return WHERE.get();
    }
}
