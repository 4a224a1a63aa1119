package dev.outbox.consumer.retention;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** The ids that the inbox remembers. */
@FunctionalInterface
interface ProcessedEvents {

    /**
     * {@return how many events were removed, of those that the consumers handled longer ago than the age, according to the
     * database clock; never more than the limit}
     */
    int removeOlderThan(Set<String> consumers, Duration age, int limit);

    /** {@return all parts combined, one after the other} */
    static ProcessedEvents of(List<ProcessedEvents> parts) {
        return (consumers, age, limit) -> {
            int removed = 0;
            for (ProcessedEvents part : parts) {
                removed += removed < limit ? part.removeOlderThan(consumers, age, limit - removed) : 0;
            }
            return removed;
        };
    }

    /** {@return the rows of table {@code inbox_event} of the database behind a DataSource} */
    static ProcessedEvents on(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        return product == DatabaseProduct.POSTGRESQL
                ? new JdbcProcessedEvents(dataSource, tables)
                : new JdbcPortableProcessedEvents(product, dataSource, tables);
    }
}
