package dev.outbox.consumer.foreign;

import dev.outbox.event.EventPayload;
import dev.outbox.internal.format.ExactDecimals;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the notifications of different stores have in common. */
final class NotificationJson {

    private static final JsonMapper JSON = ExactDecimals.in(JsonMapper.shared());

    /** Of the SHA-256, because an id of the inbox has at most 255 characters and the name of an object up to 1,024 bytes. */
    private static final int HASH_BYTES = 16;

    private NotificationJson() {}

    /** {@return the document; null if it is not a JSON object} */
    static @Nullable ObjectNode read(byte @Nullable [] document) {
        if (document == null || document.length == 0) {
            return null;
        }
        try {
            return JSON.readTree(document) instanceof ObjectNode object ? object : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    static ObjectNode newObject() {
        return JSON.createObjectNode();
    }

    static EventPayload payload(JsonNode node) {
        return EventPayload.json(JSON.writeValueAsBytes(node));
    }

    /** {@return the text, or empty} */
    static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    /**
     * {@return the text}
     *
     * @throws IllegalArgumentException if it is missing
     */
    static String required(JsonNode node, String name) {
        String text = text(node, name);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("The notification has no %s".formatted(name));
        }
        return text;
    }

    /** {@return 32 characters that stand for these texts} */
    static String hash(String... texts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                sha256.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
                sha256.update((byte) ':');
                sha256.update(bytes);
            }
            return HexFormat.of().formatHex(sha256.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
