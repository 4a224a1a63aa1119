package dev.outbox.eventstore.internal.check;

import dev.outbox.internal.check.JdbcTablesCheck;
import dev.outbox.internal.check.TableRight;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.internal.stream.EventTable;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.schema.CurrentTables;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Checks, once all beans exist, that the database can keep streams, and that its tables exist and may be used. */
public final class EventStoreCheck implements SmartInitializingSingleton {

    private static final List<TableRight> NEEDED = Stream.of(
                    Stream.of(EventTable.STORED, EventTable.UNPUBLISHED)
                            .flatMap(table -> Stream.of("select", "insert")
                                    .map(right -> new TableRight(table.tableName(), right))),
                    Stream.concat(
                            Stream.of(new TableRight("outbox_key", "delete")),
                            Stream.of("select", "insert", "update", "delete")
                                    .map(right -> new TableRight("outbox_snapshot", right))),
                    Stream.of("select", "insert", "update").map(right -> new TableRight("outbox_subject", right)),
                    Stream.of("select", "insert", "delete").map(right -> new TableRight("outbox_subject_key", right)))
            .flatMap(rights -> rights)
            .toList();

    private final StoredAggregates stored;
    private final OutboxDatabase database;
    private final CurrentTables current;

    public EventStoreCheck(StoredAggregates stored, OutboxDatabase database, CurrentTables current) {
        this.stored = stored;
        this.database = database;
        this.current = current;
    }

    /**
     * @throws OutboxSetupException if something is missing; the message names it
     */
    @Override
    public void afterSingletonsInstantiated() {
        if (stored.isEmpty()) {
            return;
        }
        if (database.product() != DatabaseProduct.POSTGRESQL) {
            throw new OutboxSetupException(
                    "The event store does not work on %s, where events are deleted once they are published"
                            .formatted(database.product().title()),
                    "Use PostgreSQL, or remove outbox-eventstore from the class path.");
        }
        new JdbcTablesCheck(database.dataSource(), current).require(NEEDED);
    }
}
