package dev.outbox.relay.parking;

import org.jspecify.annotations.Nullable;

/**
 * Some of the keys with parked events. Always whole keys: the events of a key are released in order, or not at all.
 *
 * @param aggregateType kind of their aggregate, or null
 * @param aggregateId id of their aggregate, which is the key of their records, or null
 * @param reason a part of the reason why the first of their events is parked, or null
 * @since 0.1.0
 */
public record ParkedSelection(
        @Nullable String aggregateType,
        @Nullable String aggregateId,
        @Nullable String reason) {

    /** {@return all keys} */
    public static ParkedSelection all() {
        return new ParkedSelection(null, null, null);
    }

    /** {@return those of one kind of aggregate} */
    public ParkedSelection ofAggregates(String type) {
        return new ParkedSelection(type, aggregateId, reason);
    }

    /** {@return those whose records have this key, whatever the kind of their aggregate} */
    public ParkedSelection ofKey(String key) {
        return new ParkedSelection(aggregateType, key, reason);
    }

    /** {@return those whose first event is parked for a reason that contains this text} */
    public ParkedSelection because(String text) {
        return new ParkedSelection(aggregateType, aggregateId, text);
    }
}
