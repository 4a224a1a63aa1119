package dev.outbox.relay.internal.replication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The texts of a column in which mostly the same one comes again, such as the topic: it is decoded once. For use by a single thread.
 */
final class RepeatedText {

    private byte[] bytes = {};
    private String text = "";

    /** {@return the text at this place of a message, which is backed by an array} */
    String of(ByteBuffer message, int start, int length) {
        int from = message.arrayOffset() + start;
        if (!Arrays.equals(message.array(), from, from + length, bytes, 0, bytes.length)) {
            bytes = Arrays.copyOfRange(message.array(), from, from + length);
            text = new String(bytes, StandardCharsets.UTF_8);
        }
        return text;
    }
}
