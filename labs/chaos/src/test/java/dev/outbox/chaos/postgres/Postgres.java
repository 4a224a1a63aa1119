package dev.outbox.chaos.postgres;

import dev.outbox.chaos.database.Database;
import dev.outbox.devservices.internal.PostgresServer;
import dev.outbox.devservices.internal.PostgresServer.Shutdown;
import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL. It may have a standby, which follows without being waited for by those who commit: what
 * has not come to it is lost with the server, together with the ledger's entries. For one thread.
 */
public final class Postgres implements Database {

    private static final String CUT_RELAYS = """
            select count(*) filter (where pg_terminate_backend(pid))
            from pg_stat_activity
            where datname = current_database() and application_name like '%-relay-%'
            """;

    private static final Path DIRECTORY = Path.of("target", "chaos", "postgres");

    /** Its log is beside its data. */
    private static final Map<String, String> SETTINGS = Map.of("logging_collector", "on", "log_directory", "../log");

    private Node primary;
    private @Nullable Node standby;
    private int made = 1;

    private Postgres(Node primary) {
        this.primary = primary;
    }

    /** Starts a server without a standby. */
    public static Postgres alone() {
        return new Postgres(Node.empty(emptied(DIRECTORY.resolve("alone")), SETTINGS));
    }

    /** Starts a server, and a standby that follows it. */
    public static Postgres replicated() {
        Postgres postgres =
                new Postgres(Node.empty(emptied(DIRECTORY.resolve("replicated")).resolve("1"), SETTINGS));
        postgres.addStandby(0, true);
        return postgres;
    }

    @Override
    public DatabaseKind kind() {
        return DatabaseKind.POSTGRESQL;
    }

    @Override
    public void createDatabase(String name) {
        primary().createDatabase(name);
    }

    @Override
    public String user() {
        return primary().user();
    }

    @Override
    public String password() {
        return primary().password();
    }

    @Override
    public Set<String> standbys() {
        return standby == null ? Set.of() : Set.of(Node.STANDBY);
    }

    /** {@return the URL of a database, which leads to the server that takes writes, whichever it is by then} */
    @Override
    public String jdbcUrl(String database, String application) {
        if (standby == null) {
            return "%s?ApplicationName=%s".formatted(primary().jdbcUrl(database), application);
        }
        return ("jdbc:postgresql://localhost:%d,localhost:%d/%s"
                        + "?targetServerType=primary&hostRecheckSeconds=0&ApplicationName=%s")
                .formatted(primary().port(), standby.server().port(), database, application);
    }

    @Override
    public void restart() {
        primary().restart(Shutdown.FAST);
    }

    @Override
    public void crash() {
        primary().restart(Shutdown.IMMEDIATE);
    }

    @Override
    public long cutRelays(String database) {
        return JdbcClient.create(dataSource(database, "disturbance"))
                .sql(CUT_RELAYS)
                .query(Long.class)
                .single();
    }

    /** From now on, the standby lacks what is committed. */
    public void cutOffStandby() {
        JdbcClient cut = required().jdbc();
        cut.sql("alter system set primary_conninfo = ''").update();
        cut.sql("select pg_reload_conf()").query().listOfRows();
        await("the standby is cut off", () -> !primary.isFollowed());
    }

    /**
     * The server is lost, its standby takes its place, and gets a standby where the other one was.
     *
     * @param keepsReplicationSlots whether the new standby keeps copies of the failover slots
     */
    public void failOver(boolean keepsReplicationSlots) {
        int port = primary().port();
        primary.lose();
        primary = required();
        primary.jdbc().sql("select pg_promote()").query().listOfRows();
        addStandby(port, keepsReplicationSlots);
    }

    /**
     * Drops a database. A standby that is about to copy one of its replication slots would end when it hears of that: see
     * {@code ReplicationSlotsDropDBSlots} of PostgreSQL.
     */
    @Override
    public void dropDatabase(String name) {
        Node copy = standby;
        if (copy == null) {
            primary().dropDatabase(name);
            return;
        }
        boolean keepsReplicationSlots = copy.keepsReplicationSlots();
        copy.keepReplicationSlots(false);
        await("no replication slot is copied", () -> !copy.copiesReplicationSlots());
        primary().dropDatabase(name);
        awaitStandby();
        copy.keepReplicationSlots(keepsReplicationSlots);
    }

    /** Waits until the standby, if there is one, has all WAL that there is now. */
    public void awaitStandby() {
        if (standby != null) {
            String wal = primary.wal();
            await("the standby has the WAL up to " + wal, () -> primary.isFollowedUpTo(wal));
        }
    }

    private PostgresServer primary() {
        return primary.server();
    }

    private void addStandby(int port, boolean keepsReplicationSlots) {
        made++;
        Path directory = DIRECTORY.resolve("replicated").resolve(Integer.toString(made));
        standby = primary.copy(directory, port, SETTINGS, keepsReplicationSlots);
        await("a standby follows", () -> primary.isFollowed());
    }

    private Node required() {
        if (standby == null) {
            throw new IllegalStateException("There is no standby");
        }
        return standby;
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Patience.LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(condition);
    }

    /** What a JVM that was killed has left. */
    private static Path emptied(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
