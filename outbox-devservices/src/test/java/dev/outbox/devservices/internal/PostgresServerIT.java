package dev.outbox.devservices.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostgresServerIT {

    @TempDir
    Path directory;

    @Test
    void isReadyForLogicalReplication() throws SQLException {
        try (PostgresServer server = PostgresServer.start()) {
            assertThat(query(server, "postgres", "show server_version")).startsWith("18.");
            assertThat(query(server, "postgres", "show wal_level")).isEqualTo("logical");
            assertThat(query(server, "postgres", "show synchronous_commit")).isEqualTo("on");
            assertThat(query(server, "postgres", "show max_connections")).isEqualTo("500");
        }
    }

    @Test
    void takesSettings() throws SQLException {
        try (PostgresServer server = PostgresServer.start(directory, 0, Map.of("fsync", "on"))) {
            assertThat(query(server, "postgres", "show fsync")).isEqualTo("on");
        }
    }

    @Test
    void copiesADatabaseAndDropsItUnderItsUsers() throws SQLException {
        try (PostgresServer server = PostgresServer.start()) {
            server.createDatabase("template");
            execute(server, "template", "create table note (text text)");
            server.createDatabase("copy", "template");
            try (Connection user = connect(server, "copy")) {
                assertThat(query(server, "copy", "select count(*) from note")).isEqualTo("0");
                server.dropDatabase("copy");
                assertThat(user.isValid(1)).isFalse();
            }
            assertThat(query(server, "postgres", "select count(*) from pg_database where datname = 'copy'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void findsItsDataAgainInAGivenDirectory() throws SQLException {
        int port;
        try (PostgresServer server = PostgresServer.start(directory, 0)) {
            port = server.port();
            server.createDatabase("kept");
            execute(server, "kept", "create table note as select 'still here' as text");
        }
        assertThat(LocalPort.isOpen(port)).isFalse();
        try (PostgresServer server = PostgresServer.start(directory, port)) {
            assertThat(server.port()).isEqualTo(port);
            assertThat(query(server, "kept", "select text from note")).isEqualTo("still here");
        }
    }

    @Test
    void refusesAPortOnWhichAnotherServerListens() {
        try (PostgresServer other = PostgresServer.start()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> PostgresServer.start(directory, other.port()))
                    .withMessageContaining("PostgreSQL cannot be started on port " + other.port());
        }
    }

    @Test
    void doesNotTakeAServerForItsOwnThatHasItsDataElsewhere() {
        try (PostgresServer server = PostgresServer.start(directory.resolve("own"), 0)) {
            assertThat(server.server().dataDirectory()).hasValueSatisfying(server::requireOwn);
            assertThatIllegalStateException()
                    .isThrownBy(() -> server.requireOwn(directory.resolve("other/data")))
                    .withMessageContaining("other/data");
        }
    }

    @Test
    void endsAlsoWhenItsStopIsInterrupted() throws Exception {
        PostgresServer server = PostgresServer.start(directory, 0);
        long pid = Long.parseLong(
                Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0));
        ProcessHandle postgres = ProcessHandle.of(pid).orElseThrow();
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(server::close)
                    .withMessageContaining("Interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        postgres.onExit().get(1, TimeUnit.MINUTES);
        assertThat(LocalPort.isOpen(server.port())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(PostgresServer.Shutdown.class)
    void keepsWhatWasCommittedOverARestart(PostgresServer.Shutdown shutdown) throws SQLException {
        PostgresServer server = PostgresServer.start();
        try {
            server.createDatabase("kept");
            execute(server, "kept", "create table note as select 'still here' as text");
            try (Connection user = connect(server, "kept")) {
                server.restart(shutdown);
                assertThat(user.isValid(1)).isFalse();
            }
            assertThat(query(server, "kept", "select text from note")).isEqualTo("still here");
        } finally {
            server.close();
        }
        assertThat(LocalPort.isOpen(server.port())).isFalse();
    }

    @Test
    void whatWasCommittedIsThereAfterACrash() throws SQLException {
        int port;
        try (PostgresServer server = PostgresServer.start(directory, 0)) {
            port = server.port();
            server.createDatabase("kept");
            execute(server, "kept", "create table note as select 'still here' as text");
            server.crash();
            assertThat(LocalPort.isOpen(port)).isFalse();
        }
        try (PostgresServer server = PostgresServer.start(directory, port)) {
            assertThat(query(server, "kept", "select text from note")).isEqualTo("still here");
        }
    }

    private static Connection connect(PostgresServer server, String database) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
    }

    private static void execute(PostgresServer server, String database, String sql) throws SQLException {
        try (Connection connection = connect(server, database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(PostgresServer server, String database, String sql) throws SQLException {
        try (Connection connection = connect(server, database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
