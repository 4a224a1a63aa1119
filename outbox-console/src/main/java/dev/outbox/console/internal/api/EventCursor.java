package dev.outbox.console.internal.api;

import dev.outbox.relay.events.EventPlace;
import dev.outbox.relay.events.StoredEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The place after which the next page of events begins, as text: time and number. */
public final class EventCursor {

    private EventCursor() {}

    /** {@return what names the next page, or null if this is the last one} */
    public static @Nullable String after(List<StoredEvent> page, int limit) {
        if (page.size() < limit) {
            return null;
        }
        EventPlace last = page.get(page.size() - 1).place();
        return last.raisedAt() + "_" + last.seq();
    }

    /**
     * {@return the place}
     *
     * @throws IllegalArgumentException if it is not one that an earlier page named
     */
    public static @Nullable EventPlace parse(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return null;
        }
        int mark = cursor.lastIndexOf('_');
        try {
            return new EventPlace(
                    Instant.parse(cursor.substring(0, Math.max(mark, 0))), Long.parseLong(cursor.substring(mark + 1)));
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException("'after' is not the 'next' of an earlier page: " + cursor, e);
        }
    }
}
