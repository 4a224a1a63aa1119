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

    /** {@return the text itself if it fits, otherwise its beginning and its SHA-256; with a replacement for each NUL} */
    public static String of(String text) {
        String storable = text.replace('\0', '\ufffd');
        if (storable.length() <= MAX_LENGTH) {
            return storable;
        }
        int kept = Character.isHighSurrogate(storable.charAt(KEPT - 1)) ? KEPT - 1 : KEPT;
        return storable.substring(0, kept) + "~" + digest(text);
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
