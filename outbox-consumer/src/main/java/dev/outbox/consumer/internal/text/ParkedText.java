package dev.outbox.consumer.internal.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Converts any text to one that a column of the parked events can hold. Different texts stay different. */
public final class ParkedText {

    /** Maximum length of the columns that identify an event. */
    private static final int MAX_LENGTH = 255;

    private static final int KEPT = 180;

    private ParkedText() {}

    /** {@return the text itself if a column can hold it, otherwise its beginning, without any NUL, and its SHA-256} */
    public static String of(String text) {
        if (text.length() <= MAX_LENGTH && text.indexOf('\0') < 0) {
            return text;
        }
        return beginning(text).replace('\0', '\ufffd') + "~" + digest(text);
    }

    private static String beginning(String text) {
        if (text.length() <= KEPT) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(KEPT - 1)) ? KEPT - 1 : KEPT);
    }

    private static String digest(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
