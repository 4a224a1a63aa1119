package dev.outbox.consumer.parking;

import dev.outbox.consumer.internal.text.ParkedText;

/**
 * The key of events that a consumer keeps in order.
 *
 * @param consumer name of the consumer
 * @param topic where the events come from
 * @param key the id of the aggregate, CloudEvents {@code subject}; without it, the key of the record as text; without that, the
 *     id of the event, because nothing orders it. A key that no column can hold is replaced by its beginning and its SHA-256
 * @since 0.1.0
 */
public record InboxKey(String consumer, String topic, String key) {

    /** Converts the key to one that a column can hold. */
    public InboxKey {
        key = ParkedText.of(key);
    }

    @Override
    public String toString() {
        return "'%s' of %s for %s".formatted(key, topic, consumer);
    }
}
