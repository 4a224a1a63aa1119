package dev.outbox.eventstore.internal.stream;

import dev.outbox.internal.migration.SchemaPart;
import dev.outbox.internal.setup.DatabaseProduct;
import java.util.Set;

/** The tables of the event store. */
public final class StreamSchema {

    /** Applied after the tables of the outbox, of which one gets a partition. */
    public static final SchemaPart PART = new SchemaPart(
            "classpath:dev/outbox/eventstore/db/", "outbox_eventstore_history", Set.of(DatabaseProduct.POSTGRESQL));

    private StreamSchema() {}
}
