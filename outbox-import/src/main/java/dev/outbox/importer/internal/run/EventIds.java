package dev.outbox.importer.internal.run;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The id of an imported event is that of its row, or one that always follows from it. */
final class EventIds {

    private static final int UUID_LENGTH = 36;

    private EventIds() {}

    static UUID of(String source, String rowId) {
        if (rowId.length() == UUID_LENGTH) {
            try {
                return UUID.fromString(rowId);
            } catch (IllegalArgumentException another) {
                // A name like any other.
            }
        }
        return UUID.nameUUIDFromBytes("%s/%s".formatted(source, rowId).getBytes(StandardCharsets.UTF_8));
    }
}
