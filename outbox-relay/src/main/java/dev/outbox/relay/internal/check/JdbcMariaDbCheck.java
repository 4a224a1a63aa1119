package dev.outbox.relay.internal.check;

import dev.outbox.schema.OutboxTables;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks a server of MariaDB or MySQL. */
final class JdbcMariaDbCheck implements StartCheck {

    private static final String SETTINGS = """
            select @@innodb_flush_log_at_trx_commit as flush_at_commit, @@read_only as is_read_only
            """;

    private record Settings(int flushAtCommit, boolean isReadOnly) {}

    private final JdbcClient jdbc;

    JdbcMariaDbCheck(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
    }

    @Override
    public List<Finding> findings() {
        Settings settings = jdbc.sql(SETTINGS)
                .query((row, rowNumber) -> new Settings(row.getInt("flush_at_commit"), row.getBoolean("is_read_only")))
                .single();
        List<Finding> findings = new ArrayList<>();
        if (settings.isReadOnly()) {
            findings.add(Finding.fatal(
                    "The database is read-only, as a replica is: what is published could not be deleted.",
                    "Point spring.datasource.url at the primary."));
        }
        if (settings.flushAtCommit() != 1) {
            findings.add(Finding.unsafe(
                    "The server runs with innodb_flush_log_at_trx_commit=%d: a crash can lose events that were published."
                            .formatted(settings.flushAtCommit()),
                    "Set innodb_flush_log_at_trx_commit to 1."));
        }
        return findings;
    }
}
