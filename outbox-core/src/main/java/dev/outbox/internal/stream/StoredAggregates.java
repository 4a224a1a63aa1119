package dev.outbox.internal.stream;

import java.util.Map;

/**
 * The aggregate types whose events are kept as streams. Stored or not, and published or not, are properties of the type: a stream
 * of which some events are missing on the topic would have gaps there.
 */
public final class StoredAggregates {

    /** None is stored, as in a service without an event store. */
    public static final StoredAggregates NONE = new StoredAggregates(Map.of());

    private final Map<String, EventTable> tables;

    /**
     * @param tables where the events of each stored aggregate type are
     */
    public StoredAggregates(Map<String, EventTable> tables) {
        this.tables = Map.copyOf(tables);
    }

    /** {@return where the events of an aggregate type are inserted} */
    public EventTable tableOf(String aggregate) {
        return tables.getOrDefault(aggregate, EventTable.SLOTS);
    }

    /** {@return whether the events of an aggregate type are kept as streams} */
    public boolean isStored(String aggregate) {
        return tables.containsKey(aggregate);
    }

    /** {@return whether the events of an aggregate type are published} */
    public boolean isPublished(String aggregate) {
        return tableOf(aggregate) != EventTable.UNPUBLISHED;
    }

    /** {@return whether no type is stored} */
    public boolean isEmpty() {
        return tables.isEmpty();
    }

    /** {@return the stored aggregate types, and where their events are} */
    public Map<String, EventTable> tables() {
        return tables;
    }
}
