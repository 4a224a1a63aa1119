package dev.outbox.consumer.retention;

import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** The rows of {@code inbox_event}, as the retention sees them. */
final class JdbcProcessedEvents implements ProcessedEvents {

    private static final String REMOVE = """
            delete from inbox_event
            where ctid = any (array(
                select ctid
                from inbox_event
                where consumer = any (cast(:consumers as text[]))
                    and handled_at < clock_timestamp() - make_interval(secs => :seconds)
                limit :limit))
            """;

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;

    JdbcProcessedEvents(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.transaction = BoundedTransaction.postgres(dataSource);
    }

    @Override
    public int removeOlderThan(Set<String> consumers, Duration age, int limit) {
        return transaction.single(() -> jdbc.sql(REMOVE)
                .param("consumers", new SqlArrayValue("text", (Object[]) consumers.toArray(String[]::new)))
                .param("seconds", age.toMillis() / 1000.0)
                .param("limit", limit)
                .update());
    }
}
