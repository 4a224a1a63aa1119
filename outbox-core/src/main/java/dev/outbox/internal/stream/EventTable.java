package dev.outbox.internal.stream;

/** Where the events of an aggregate type are inserted. Writers that need several take them in this order. */
public enum EventTable {
    /** Published, and kept for ever as streams. */
    STORED("outbox_event_stored"),
    /** Kept for ever as streams, and not published. */
    UNPUBLISHED("outbox_event_unpublished"),
    /** Published, and truncated after that. */
    SLOTS("outbox_event");

    private final String tableName;

    EventTable(String tableName) {
        this.tableName = tableName;
    }

    /** {@return the name of the table, without a schema} */
    public String tableName() {
        return tableName;
    }
}
