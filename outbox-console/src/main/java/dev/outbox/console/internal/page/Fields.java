package dev.outbox.console.internal.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the fields of forms, of which a browser sends the empty ones, too. */
public final class Fields {

    private static final int WITHOUT_SECONDS = "2026-11-30T18:00".length();

    private Fields() {}

    /** {@return the text of a field, or null if it is empty} */
    public static @Nullable String text(@Nullable String field) {
        return field == null || field.isBlank() ? null : field.strip();
    }

    /**
     * {@return a time in UTC, as a field for date and time sends it, or with its Z}
     *
     * @throws IllegalArgumentException if it is none
     */
    public static @Nullable Instant time(@Nullable String field) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        try {
            String local = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
            return Instant.parse(local + (local.length() == WITHOUT_SECONDS ? ":00Z" : "Z"));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'%s' is not a time such as 2026-11-30T18:00, in UTC".formatted(text), e);
        }
    }

    /** Adds a field, unless it is empty. */
    public static void put(Map<String, String> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
    }
}
