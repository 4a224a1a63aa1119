package dev.outbox.console.internal.api;

import dev.outbox.relay.parking.ParkedKey;
import dev.outbox.relay.parking.ParkedPlace;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The place after which the next page of parked keys begins, as text: time and number. */
public final class ParkedCursor {

    private ParkedCursor() {}

    /** {@return what to ask for as the next page, or null if this is the last one} */
    public static @Nullable String after(List<ParkedKey> page, int limit) {
        if (page.size() < limit) {
            return null;
        }
        ParkedPlace last = page.get(page.size() - 1).place();
        return last.parkedAt() + "_" + last.firstSeq();
    }

    /**
     * {@return the place}
     *
     * @throws IllegalArgumentException if it is not one that an earlier page named
     */
    public static @Nullable ParkedPlace parse(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        int mark = cursor.lastIndexOf('_');
        try {
            return new ParkedPlace(
                    Instant.parse(cursor.substring(0, Math.max(mark, 0))), Long.parseLong(cursor.substring(mark + 1)));
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException("'after' is not the 'next' of an earlier page: " + cursor, e);
        }
    }
}
