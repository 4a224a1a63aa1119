package dev.outbox.relay.internal.replication;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The columns of {@code outbox_event} that an event is made of, by their names. */
enum StreamedColumn {
    SEQ,
    AGGREGATE_SEQ,
    XID,
    BUCKET,
    ID,
    TYPE,
    VERSION,
    AGGREGATETYPE,
    AGGREGATEID,
    TOPIC,
    SOURCE,
    CREATED_AT,
    CONTENTTYPE,
    HEADERS,
    PAYLOAD;

    static final int COUNT = values().length;

    private final String columnName = name().toLowerCase(Locale.ROOT);

    String columnName() {
        return columnName;
    }

    /** {@return its place among the values of a row} */
    @SuppressWarnings("EnumOrdinal") // it is kept nowhere
    int place() {
        return ordinal();
    }

    /** {@return the column of this name; null if an event is not made of it} */
    static @Nullable StreamedColumn of(String name) {
        for (StreamedColumn column : values()) {
            if (column.columnName.equals(name)) {
                return column;
            }
        }
        return null;
    }
}
