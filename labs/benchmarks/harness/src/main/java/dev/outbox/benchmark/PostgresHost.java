package dev.outbox.benchmark;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.devservices.internal.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** PostgreSQL, which waits for its disk. */
final class PostgresHost implements DatabaseHost {

    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "shared_buffers", "512MB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "15min",
            "shared_preload_libraries", "pg_stat_statements");

    private static final List<String> SHOWN = List.of(
            "server_version",
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "wal_level",
            "shared_buffers",
            "max_wal_size",
            "autovacuum");

    private static final String STATEMENTS = """
            select coalesce(sum(%s), 0)
            from pg_stat_statements join pg_database on oid = dbid
            where datname = '%s' and %s
            """;

    private static final String WRITES = "query ~* '^\\s*(update|delete)\\M'";

    private final PostgresServer server;
    private final Database admin;
    private final long pid;

    private PostgresHost(Path directory, PostgresServer server) throws IOException, SQLException {
        this.server = server;
        this.admin = database("postgres");
        this.pid = Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid"))
                .get(0)
                .trim());
        admin.execute("create extension pg_stat_statements");
        if (!admin.text("show fsync").equals("on")) {
            throw new IllegalStateException("PostgreSQL does not sync: its numbers would not be true");
        }
    }

    static PostgresHost start(Path directory) throws IOException, SQLException {
        return new PostgresHost(directory, PostgresServer.start(directory, 0, SETTINGS));
    }

    @Override
    public String settings() throws SQLException {
        return "PostgreSQL " + admin.settings("show ", SHOWN);
    }

    @Override
    public String create(String database) throws SQLException {
        server.createDatabase(database);
        try (Database accounts = database(database)) {
            accounts.execute("create table account (id varchar(255) primary key, changes bigint not null)"
                    + " with (fillfactor = 50)");
            accounts.execute("insert into account select 'account-' || i, 0 from generate_series(0, "
                    + (BenchmarkEvent.KEYS - 1) + ") as i");
        }
        return jdbcUrl(database);
    }

    @Override
    public String jdbcUrl(String database) {
        return server.jdbcUrl(database);
    }

    @Override
    public String user() {
        return server.user();
    }

    @Override
    public String password() {
        return server.password();
    }

    @Override
    public void settle(String database) throws SQLException {
        admin.execute("checkpoint");
        try (Database session = database(database)) {
            session.execute("analyze");
        }
    }

    @Override
    public Spent spent(String database) throws SQLException, IOException {
        return new Spent(
                ProcessCpu.ofFamily(pid),
                admin.number(STATEMENTS.formatted("calls", database, "true")),
                admin.number(STATEMENTS.formatted("rows", database, WRITES)),
                admin.number("select (pg_current_wal_insert_lsn() - '0/0')::bigint"));
    }

    @Override
    public void close() throws SQLException {
        admin.close();
        server.close();
    }
}
