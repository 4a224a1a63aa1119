package dev.outbox.chaos.postgres;

import dev.outbox.devservices.internal.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * One of the servers that change places, and where it is.
 *
 * @param directory its directory, which goes away with it
 * @param server the server, which runs
 */
record Node(Path directory, PostgresServer server) {

    /** The standby by which all who ask know it: application_name, and name of the replication slot that keeps its WAL. */
    static final String STANDBY = "standby";

    private static final String IS_CONNECTED = """
            select exists (select from pg_stat_replication where application_name = :standby and state = 'streaming')
            """;

    private static final String KEEP_WAL = """
            select pg_create_physical_replication_slot(:standby, true)
            where not exists (select from pg_replication_slots where slot_name = :standby)
            """;

    private static final String WAL = """
            select pg_current_wal_insert_lsn()::text
            """;

    private static final String HAS_WAL = """
            select exists (
                select from pg_stat_replication
                where application_name = :standby and flush_lsn >= cast(:wal as pg_lsn)
            )
            """;

    private static final String COPIES_SLOTS = """
            select exists (select from pg_stat_activity where backend_type = 'slotsync worker')
            """;

    /** Starts a server without data. */
    static Node empty(Path directory, Map<String, String> settings) {
        return new Node(directory, PostgresServer.start(directory, 0, settings));
    }

    /**
     * Starts a copy of this server, which follows it.
     *
     * @param port of the copy; 0: a free one
     * @param keepsReplicationSlots whether it keeps copies of the failover slots
     */
    Node copy(Path to, int port, Map<String, String> settings, boolean keepsReplicationSlots) {
        jdbc().sql(KEEP_WAL).param("standby", STANDBY).query().listOfRows();
        try (Connection connection = DriverManager.getConnection(url(), server.user(), server.password())) {
            BaseBackup.make(connection, directory.resolve("data"), to.resolve("data"));
            Files.createFile(to.resolve("data/standby.signal"));
            // Whatever was set on the server by a statement is not for the copy.
            Files.writeString(to.resolve("data/postgresql.auto.conf"), """
                    primary_conninfo = 'host=localhost port=%d user=%s password=%s dbname=postgres application_name=%s'
                    primary_slot_name = '%s'
                    wal_retrieve_retry_interval = '100ms'
                    hot_standby_feedback = on
                    sync_replication_slots = %s
                    """.formatted(
                            server.port(),
                            server.user(),
                            server.password(),
                            STANDBY,
                            STANDBY,
                            keepsReplicationSlots ? "on" : "off"));
        } catch (SQLException e) {
            throw new IllegalStateException("No copy could be made of the server at " + directory, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Node(to, PostgresServer.start(to, port, settings));
    }

    /** As superuser; of a standby, it can only be read. */
    JdbcClient jdbc() {
        return JdbcClient.create(new DriverManagerDataSource(url(), server.user(), server.password()));
    }

    /** {@return whether a standby follows this server} */
    boolean isFollowed() {
        return jdbc().sql(IS_CONNECTED)
                .param("standby", STANDBY)
                .query(Boolean.class)
                .single();
    }

    /** {@return where the WAL ends now} */
    String wal() {
        return jdbc().sql(WAL).query(String.class).single();
    }

    /** {@return whether the standby of this server has its WAL up to here} */
    boolean isFollowedUpTo(String wal) {
        return jdbc().sql(HAS_WAL)
                .param("standby", STANDBY)
                .param("wal", wal)
                .query(Boolean.class)
                .single();
    }

    /** {@return whether this standby is meant to keep copies of the failover slots} */
    boolean keepsReplicationSlots() {
        return jdbc().sql("show sync_replication_slots")
                .query(String.class)
                .single()
                .equals("on");
    }

    void keepReplicationSlots(boolean keep) {
        jdbc().sql("alter system set sync_replication_slots = " + (keep ? "on" : "off"))
                .update();
        jdbc().sql("select pg_reload_conf()").query().listOfRows();
    }

    /** {@return whether this standby has the process that does it} */
    boolean copiesReplicationSlots() {
        return jdbc().sql(COPIES_SLOTS).query(Boolean.class).single();
    }

    /** Ends it as in a crash, and removes its data. */
    void lose() {
        server.crash();
        server.close();
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String url() {
        return server.jdbcUrl("postgres");
    }
}
