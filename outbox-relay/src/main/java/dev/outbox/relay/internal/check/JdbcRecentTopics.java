package dev.outbox.relay.internal.check;

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

    private final JdbcClient jdbc;

    JdbcRecentTopics(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
    }

    @Override
    public Set<String> get() {
        return jdbc.sql(TOPICS).query(String.class).set();
    }
}
