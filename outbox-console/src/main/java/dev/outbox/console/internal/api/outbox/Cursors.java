package dev.outbox.console.internal.api.outbox;

import dev.outbox.relay.events.EventPlace;
import dev.outbox.relay.events.StoredEvent;
import dev.outbox.relay.parking.ParkedKey;
import dev.outbox.relay.parking.ParkedPlace;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The places after which the next pages of lists begin, as text: time and number. */
public final class Cursors {

    private Cursors() {}

    /** {@return what to ask for as the next page of events, or null if this is the last one} */
    public static @Nullable String afterEvents(List<StoredEvent> page, int limit) {
        return after(
                page,
                limit,
                event -> text(event.place().raisedAt(), event.place().seq()));
    }

    /** {@return what to ask for as the next page of parked keys, or null if this is the last one} */
    public static @Nullable String afterKeys(List<ParkedKey> page, int limit) {
        return after(
                page, limit, key -> text(key.place().parkedAt(), key.place().firstSeq()));
    }

    /**
     * {@return the place of an event}
     *
     * @throws IllegalArgumentException if it is not one that an earlier page named
     */
    public static @Nullable EventPlace event(@Nullable String cursor) {
        return parse(cursor == null || cursor.isBlank() ? null : cursor, EventPlace::new);
    }

    /**
     * {@return the place of a parked key}
     *
     * @throws IllegalArgumentException if it is not one that an earlier page named
     */
    public static @Nullable ParkedPlace key(@Nullable String cursor) {
        return parse(cursor, ParkedPlace::new);
    }

    private static <T> @Nullable String after(List<T> page, int limit, Function<T, String> text) {
        return page.size() < limit ? null : text.apply(page.get(page.size() - 1));
    }

    private static String text(Instant time, long number) {
        return time + "_" + number;
    }

    private static <T> @Nullable T parse(@Nullable String cursor, BiFunction<Instant, Long, T> place) {
        if (cursor == null) {
            return null;
        }
        int mark = cursor.lastIndexOf('_');
        try {
            return place.apply(
                    Instant.parse(cursor.substring(0, Math.max(mark, 0))), Long.parseLong(cursor.substring(mark + 1)));
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException("'after' is not the 'next' of an earlier page: " + cursor, e);
        }
    }
}
