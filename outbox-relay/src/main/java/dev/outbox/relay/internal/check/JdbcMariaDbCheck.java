package dev.outbox.relay.internal.check;

import dev.outbox.schema.OutboxTables;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks a server of MariaDB or MySQL. */
final class JdbcMariaDbCheck implements StartCheck {

    private static final String SETTINGS = """
            select
                @@read_only as is_read_only,
                @@innodb_flush_log_at_trx_commit as flush_at_commit,
                @@innodb_doublewrite as doublewrite,
                @@log_bin as has_binlog,
                @@binlog_format as binlog_format,
                @@sync_binlog as sync_binlog
            """;

    private final JdbcClient jdbc;

    JdbcMariaDbCheck(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
    }

    @Override
    public List<Finding> findings() {
        return jdbc.sql(SETTINGS)
                .query((row, rowNumber) -> new MariaDbSettings(
                        row.getBoolean("is_read_only"),
                        row.getInt("flush_at_commit"),
                        row.getString("doublewrite"),
                        row.getBoolean("has_binlog"),
                        row.getString("binlog_format"),
                        row.getLong("sync_binlog")))
                .single()
                .findings();
    }
}
