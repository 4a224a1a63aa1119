package dev.outbox.consumer.retention;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code inbox_event} on MariaDB, MySQL or H2, as the retention sees them. */
final class JdbcPortableProcessedEvents implements ProcessedEvents {

    private static final String REMOVE = """
            delete from inbox_event
            where consumer in (:consumers) and handled_at < timestampadd(microsecond, :change, %s)
            limit :limit
            """;

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;
    private final String remove;

    JdbcPortableProcessedEvents(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.transaction = BoundedTransaction.on(product, dataSource);
        this.remove = REMOVE.formatted(product.now());
    }

    /** At READ COMMITTED, so that no gap is locked in which consumers insert. */
    @Override
    public int removeOlderThan(Set<String> consumers, Duration age, int limit) {
        return consumers.isEmpty()
                ? 0
                : transaction.execute(() -> jdbc.sql(remove)
                        .param("consumers", consumers)
                        .param("change", -1000 * age.toMillis())
                        .param("limit", limit)
                        .update());
    }
}
