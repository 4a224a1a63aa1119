package dev.outbox.chaos.database;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MariaDbProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** MariaDB. It keeps what its clients are called, because only relays are to be cut off. For one thread. */
public final class MariaDb implements Database {

    private static final String PROGRAM = "program_name";

    private static final String SESSIONS_OF_RELAYS = """
            select id
            from information_schema.processlist
                join performance_schema.session_connect_attrs on processlist_id = id
            where db = database() and attr_name = '%s' and attr_value like '%%-relay-%%'
            """.formatted(PROGRAM);

    /** For triggers: what the client is called whose statement runs. */
    public static final String PROGRAM_OF_SESSION = """
            select attr_value
            from performance_schema.session_connect_attrs
            where processlist_id = connection_id() and attr_name = '%s'
            """.formatted(PROGRAM);

    private final MariaDbProcess process;

    private MariaDb(MariaDbProcess process) {
        this.process = process;
    }

    /** Starts a server. */
    public static MariaDb start() {
        try {
            return new MariaDb(
                    MariaDbProcess.start(Files.createTempDirectory("chaos-mariadb-"), "--performance-schema=on"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public DatabaseKind kind() {
        return DatabaseKind.MARIADB;
    }

    @Override
    public void createDatabase(String name) {
        run("create database `%s`".formatted(name));
    }

    @Override
    public void dropDatabase(String name) {
        run("drop database `%s`".formatted(name));
    }

    @Override
    public String jdbcUrl(String database, String application) {
        return "%s?connectionAttributes=%s:%s".formatted(process.server().jdbcUrl(database), PROGRAM, application);
    }

    @Override
    public String user() {
        return process.server().user();
    }

    @Override
    public String password() {
        return process.server().password();
    }

    @Override
    public Set<String> standbys() {
        return Set.of();
    }

    @Override
    public void restart() {
        process.restart();
    }

    @Override
    public void crash() {
        process.crash();
    }

    @Override
    public long cutRelays(String database) {
        JdbcClient jdbc = JdbcClient.create(dataSource(database, "disturbance"));
        List<Long> sessions = jdbc.sql(SESSIONS_OF_RELAYS).query(Long.class).list();
        return sessions.stream().filter(session -> isCut(jdbc, session)).count();
    }

    private static boolean isCut(JdbcClient jdbc, long session) {
        try {
            jdbc.sql("kill connection " + session).update();
            return true;
        } catch (DataAccessException e) {
            // It has ended meanwhile.
            return false;
        }
    }

    private void run(String statement) {
        JdbcClient.create(dataSource("mysql", "chaos")).sql(statement).update();
    }
}
