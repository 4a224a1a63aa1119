package dev.outbox.internal.personal;

import dev.outbox.event.EventType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where something encrypted belongs: it cannot be opened anywhere else.
 *
 * @param owner of what it is a part, such as an event by its id
 * @param type of the owner, with its version
 * @param member within the owner; empty for all of it
 * @param subject whose data it is
 */
public record SealedPlace(String owner, String type, String member, String subject) {

    static SealedPlace inEvent(String id, EventType type, String member, String subject) {
        return new SealedPlace(id, type.toString(), member, subject);
    }

    /** Each part after its length, so that no two places have the same bytes. */
    byte[] bytes(int layout, String key) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(layout);
            for (String part : List.of(key, owner, type, member, subject)) {
                byte[] encoded = part.getBytes(StandardCharsets.UTF_8);
                out.writeInt(encoded.length);
                out.write(encoded);
            }
            return bytes.toByteArray();
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }

    /** {@return what to call it in messages; never the subject} */
    @Override
    public String toString() {
        return "%s of %s (%s)".formatted(member.isEmpty() ? "The content" : "'" + member + "'", type, owner);
    }
}
