package dev.outbox.relay.internal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MariaDbServer;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.relay.internal.check.Finding.Severity;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcMariaDbCheckIT {

    @Test
    void aServerAsItIsSetUpIsFine() {
        MigratedDatabase database = MigratedDatabase.on(DatabaseKind.MARIADB, OutboxSchema.class);
        try (var tables = database.get()) {
            assertThat(findings(tables.dataSource())).isEmpty();
        }
    }

    /** What such a server refuses is what the relay does; the other settings show themselves in a crash. */
    @Test
    void aServerWhoseSettingsBreakAPromiseIsFound() throws SQLException {
        DataSource dataSource = onItsOwn(
                "--log-bin",
                "--server-id=1",
                "--binlog-format=STATEMENT",
                "--sync-binlog=0",
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-doublewrite=OFF");

        List<Finding> findings = findings(dataSource);
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.FATAL)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.problem()).contains("binlog_format=STATEMENT");
                    assertThat(finding.fix()).contains("set global binlog_format = 'ROW'");
                });
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.UNSAFE)
                .extracting(Finding::fix)
                .satisfiesExactly(
                        fix -> assertThat(fix).startsWith("Set innodb_flush_log_at_trx_commit to 1"),
                        fix -> assertThat(fix).startsWith("Set sync_binlog to 1"),
                        fix -> assertThat(fix).startsWith("Set innodb_doublewrite to ON"));

        JdbcClient jdbc = JdbcClient.create(dataSource);
        jdbc.sql("create table published (id bigint primary key)").update();
        BoundedTransaction relay = BoundedTransaction.on(DatabaseProduct.MARIADB, dataSource);
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> relay.execute(
                        () -> jdbc.sql("insert into published values (1)").update()))
                .withStackTraceContaining("BINLOG_FORMAT = STATEMENT");
    }

    private static List<Finding> findings(DataSource dataSource) {
        return new JdbcMariaDbCheck(dataSource, OutboxTables.ON_SEARCH_PATH).findings();
    }

    private static DataSource onItsOwn(String... settings) throws SQLException {
        MariaDbServer server = MariaDbServer.embedded(settings);
        MariaDbDataSource dataSource = new MariaDbDataSource(server.jdbcUrl("mysql"));
        dataSource.setUser(server.user());
        dataSource.setPassword(server.password());
        return dataSource;
    }
}
