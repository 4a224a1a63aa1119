package dev.outbox.event;

import java.nio.charset.StandardCharsets;

/** Text that a text column and a Kafka header return unchanged. */
final class StorableText {

    private StorableText() {}

    /**
     * @param what names the text in the message
     * @throws IllegalArgumentException if the text has a NUL, which PostgreSQL refuses, or half of a surrogate pair, which
     *     has no UTF-8 and would become a question mark
     */
    static void require(String what, String text) {
        if (isPlain(text)) {
            return;
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " has a NUL character, which PostgreSQL cannot store");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(what + " has half of a surrogate pair, which UTF-8 cannot carry");
        }
    }

    /** Nearly every text is, and this runs for each event that is read: an encoder would take longer than the rest. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\0' || Character.isSurrogate(character)) {
                return false;
            }
        }
        return true;
    }
}
