package dev.outbox.personal;

import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of a subject. Immutable.
 *
 * @since 0.1.0
 */
public final class SubjectKey {

    private static final int BYTES = 32;
    private static final int LONGEST_ID = 255;

    private final String id;
    private final SecretKeySpec key;

    private SubjectKey(String id, SecretKeySpec key) {
        this.id = id;
        this.key = key;
    }

    /**
     * {@return a key for AES-256}
     *
     * @param id names the key within the keys of its subject, for ever; it is stored with what the key encrypts. 1 to 255 characters
     * @param material 32 bytes; copied
     * @throws IllegalArgumentException if the id is blank or too long, or the material has another length
     */
    public static SubjectKey of(String id, byte[] material) {
        if (id.isBlank() || id.length() > LONGEST_ID) {
            throw new IllegalArgumentException("The id of a key must have 1 to %d characters".formatted(LONGEST_ID));
        }
        if (material.length != BYTES) {
            throw new IllegalArgumentException(
                    "Key %s has %d bytes; AES-256 needs %d".formatted(id, material.length, BYTES));
        }
        return new SubjectKey(id, new SecretKeySpec(Arrays.copyOf(material, BYTES), "AES"));
    }

    /** {@return what names it} */
    public String id() {
        return id;
    }

    /** {@return the key itself} */
    public SecretKey key() {
        return key;
    }

    /** {@return its id; never the key} */
    @Override
    public String toString() {
        return "key " + id;
    }
}
