package dev.outbox.event;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The aggregate an event belongs to. Events of one aggregate are published in the order in which their transactions
 * committed.
 *
 * @param type kind of aggregate, such as {@code Order}; 1 to 255 characters
 * @param id identity within the kind and Kafka record key; 1 to 255 characters
 * @since 0.1.0
 */
public record AggregateRef(String type, String id) {

    /** Number of buckets that the relay lanes share; fixed, because a key must never change its lane by itself. */
    public static final int BUCKETS = 64;

    private static final int MAX_LENGTH = 255;

    /**
     * @throws IllegalArgumentException if type or id is blank, longer than 255 characters, or a column cannot store it
     */
    public AggregateRef {
        requireColumn("type", type);
        requireColumn("id", id);
    }

    /**
     * {@return the bucket of the id, 0 to 63: CRC-32 of its UTF-8 bytes modulo {@link #BUCKETS}, the same in every
     * language and release}
     */
    public int bucket() {
        CRC32 crc = new CRC32();
        crc.update(id.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % BUCKETS);
    }

    @Override
    public String toString() {
        return type + " " + id;
    }

    private static void requireColumn(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("Aggregate " + name + " is blank");
        }
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("Aggregate %s has %d characters; at most %d are allowed"
                    .formatted(name, value.length(), MAX_LENGTH));
        }
        StorableText.require("Aggregate " + name, value);
    }
}
