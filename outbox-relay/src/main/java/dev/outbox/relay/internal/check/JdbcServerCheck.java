package dev.outbox.relay.internal.check;

import dev.outbox.schema.OutboxTables;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks the database server. */
final class JdbcServerCheck implements StartCheck {

    private static final String SETTINGS = """
            select
                current_setting('server_version_num')::integer as version,
                pg_is_in_recovery() as in_recovery,
                (select seqcache from pg_sequence where seqrelid = 'outbox_event_seq'::regclass) as sequence_cache,
                current_setting('default_transaction_isolation') as isolation,
                current_setting('fsync')::boolean as fsync,
                current_setting('full_page_writes')::boolean as full_page_writes,
                current_setting('synchronous_commit') as synchronous_commit
            """;

    private final JdbcClient jdbc;

    JdbcServerCheck(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
    }

    @Override
    public List<Finding> findings() {
        return jdbc.sql(SETTINGS)
                .query((row, rowNumber) -> new ServerSettings(
                        row.getInt("version"),
                        row.getBoolean("in_recovery"),
                        row.getLong("sequence_cache"),
                        row.getString("isolation"),
                        row.getBoolean("fsync"),
                        row.getBoolean("full_page_writes"),
                        row.getString("synchronous_commit")))
                .single()
                .findings();
    }
}
