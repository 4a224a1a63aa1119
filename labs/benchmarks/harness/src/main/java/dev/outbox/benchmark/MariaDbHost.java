package dev.outbox.benchmark;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.embedded.MariaDbProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** MariaDB, which waits for its disk as PostgreSQL does, with as much memory. */
final class MariaDbHost implements DatabaseHost {

    private static final String[] ARGUMENTS = {
        "--innodb-flush-log-at-trx-commit=1", "--innodb-buffer-pool-size=512M", "--innodb-log-file-size=2G"
    };

    private static final List<String> SHOWN = List.of(
            "version",
            "innodb_flush_log_at_trx_commit",
            "innodb_doublewrite",
            "log_bin",
            "tx_isolation",
            "innodb_buffer_pool_size",
            "innodb_log_file_size");

    private final MariaDbProcess process;
    private final Database admin;

    private MariaDbHost(MariaDbProcess process) throws SQLException {
        this.process = process;
        this.admin = database("mysql");
        if (admin.number("select @@innodb_flush_log_at_trx_commit") != 1) {
            throw new IllegalStateException("MariaDB does not sync: its numbers would not be true");
        }
    }

    static MariaDbHost start(Path directory) throws IOException, SQLException {
        return new MariaDbHost(MariaDbProcess.start(Files.createDirectories(directory), ARGUMENTS));
    }

    @Override
    public String settings() throws SQLException {
        return "MariaDB " + admin.settings("select @@", SHOWN);
    }

    @Override
    public String create(String database) throws SQLException {
        admin.execute("create database " + database);
        try (Database accounts = database(database)) {
            accounts.execute("create table account (id varchar(255) primary key, changes bigint not null)");
            accounts.execute(
                    "insert into account select concat('account-', seq), 0 from seq_0_to_" + (BenchmarkEvent.KEYS - 1));
        }
        return jdbcUrl(database);
    }

    @Override
    public String jdbcUrl(String database) {
        return process.server().jdbcUrl(database);
    }

    @Override
    public String user() {
        return process.server().user();
    }

    @Override
    public String password() {
        return process.server().password();
    }

    /** InnoDB has no checkpoint to ask for. */
    @Override
    public void settle(String database) throws SQLException {
        try (Database session = database(database)) {
            session.execute("analyze table outbox_event, outbox_key, account");
        }
    }

    /** It counts for all databases together. */
    @Override
    public Spent spent(String database) throws SQLException, IOException {
        return new Spent(
                ProcessCpu.of(process.pid()),
                status("Questions"),
                status("Handler_update") + status("Handler_delete"),
                status("Innodb_os_log_written"));
    }

    private long status(String name) throws SQLException {
        return admin.number("select variable_value from information_schema.global_status where variable_name = '%s'"
                .formatted(name));
    }

    @Override
    public void close() throws SQLException {
        admin.close();
        process.close();
    }
}
