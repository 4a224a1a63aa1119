package dev.outbox.relay.events;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxTables;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The topics of the latest events. A relay that runs next to the service learns from them what the service declares. */
final class JdbcRecentTopics implements Supplier<Set<String>> {

    /** By transaction, because there is an index for that. */
    private static final String TOPICS = """
            select distinct topic
            from (select topic from outbox_event order by xid desc limit 1000) as recent
            """;

    private static final String TOPICS_LEFT = """
            select distinct topic
            from (select topic from outbox_event order by seq desc limit 1000) as recent
            """;

    private final JdbcClient jdbc;
    private final String sql;

    JdbcRecentTopics(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.sql = product.keepsPublished() ? TOPICS : TOPICS_LEFT;
    }

    @Override
    public Set<String> get() {
        return jdbc.sql(sql).query((row, rowNumber) -> row.getString(1)).set();
    }
}
