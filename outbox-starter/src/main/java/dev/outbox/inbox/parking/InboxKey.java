package dev.outbox.inbox.parking;

/**
 * What keeps its order within a consumer.
 *
 * @param consumer name of the consumer
 * @param topic where the events come from
 * @param key the id of the aggregate, CloudEvents {@code subject}; else the key of the record as text; else, as nothing
 *     orders it, the id of the event
 */
public record InboxKey(String consumer, String topic, String key) {

    @Override
    public String toString() {
        return "'%s' of %s for %s".formatted(key, topic, consumer);
    }
}
