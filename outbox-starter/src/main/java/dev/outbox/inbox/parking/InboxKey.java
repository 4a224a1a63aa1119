package dev.outbox.inbox.parking;

/**
 * What keeps its order within a consumer.
 *
 * @param consumer name of the consumer
 * @param topic where the events come from
 * @param key the id of the aggregate, CloudEvents {@code subject}; else the key of the record as text; else, as nothing
 *     orders it, the id of the event. One that no column can hold is replaced by its beginning and its SHA-256
 */
public record InboxKey(String consumer, String topic, String key) {

    /** Makes the key one that a column can hold. */
    public InboxKey {
        key = ParkedText.of(key);
    }

    @Override
    public String toString() {
        return "'%s' of %s for %s".formatted(key, topic, consumer);
    }
}
