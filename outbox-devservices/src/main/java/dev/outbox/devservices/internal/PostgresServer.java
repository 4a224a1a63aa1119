package dev.outbox.devservices.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A PostgreSQL server of its own, run from the binaries on the class path, ready for logical replication.
 *
 * <p>It ends with {@link #close()} and with this JVM, even when this JVM is killed. A commit is in the WAL when it
 * returns, but unless a setting says so nothing is forced to the disk ({@code fsync=off}): the data survives the
 * server's end, not the machine's. Thread-safe.
 */
public final class PostgresServer implements AutoCloseable {

    /** How a server is stopped: see {@code pg_ctl}. */
    public enum Shutdown {
        /** Connections are cut and their transactions rolled back; then the server ends in order. */
        FAST,
        /** The server ends at once, as in a crash, and recovers from its WAL when it is started again. */
        IMMEDIATE
    }

    private static final String USER = "postgres";
    private static final String PASSWORD = "postgres";

    /** What the launcher says if it finds none for this machine. */
    private static final String NO_BINARIES = "Missing embedded postgres binaries";

    private final ServerDirectory directory;
    private final int port;
    private final ServerProcess process;
    private final DatabaseServer server;

    private PostgresServer(ServerDirectory directory, int port, ServerProcess process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
        this.server = new DatabaseServer("localhost", port, USER, PASSWORD);
    }

    /** Starts an empty server on a free port, in a directory that goes away with it. */
    public static PostgresServer start() {
        return start(0);
    }

    /**
     * Starts an empty server on the given port, in a directory that goes away with it; port 0: a free one.
     *
     * @throws ServerStartException if it cannot be started, also because another server listens on the port
     */
    public static PostgresServer start(int port) {
        return start(() -> ServerDirectory.temporary("outbox-postgres-"), port, Map.of());
    }

    /**
     * Starts a server in the given directory, which is kept and may hold the data of an earlier one; port 0: a free one.
     *
     * @throws ServerStartException if it cannot be started, also because another server listens on the port
     */
    public static PostgresServer start(Path directory, int port) {
        return start(directory, port, Map.of());
    }

    /** Starts a server as {@link #start(Path, int)} does, with settings of its own; {@code fsync=on} makes it durable. */
    public static PostgresServer start(Path directory, int port, Map<String, String> settings) {
        return start(() -> ServerDirectory.kept(directory), port, settings);
    }

    private static PostgresServer start(
            Supplier<ServerDirectory> directory, int requestedPort, Map<String, String> settings) {
        return FreePort.orRequested(
                "PostgreSQL", requestedPort, port -> startAt(directory.get(), port, Map.copyOf(settings)));
    }

    private static PostgresServer startAt(ServerDirectory directory, int port, Map<String, String> settings) {
        List<String> arguments = new ArrayList<>(
                List.of(directory.path().toString(), Boolean.toString(directory.temporary()), Integer.toString(port)));
        settings.forEach((name, value) -> arguments.add(name + "=" + value));
        ServerProcess process = ServerProcess.start(
                PostgresProcess.class,
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                arguments,
                directory.resolve("postgres.log"));
        PostgresServer server = new PostgresServer(directory, port, process);
        try {
            process.awaitReady(server::answers);
        } catch (ServerEndedException e) {
            directory.removeIfTemporary();
            throw causeOf(e, port);
        } catch (IllegalStateException e) {
            process.stop();
            directory.removeIfTemporary();
            throw e;
        }
        return server;
    }

    private static ServerStartException causeOf(ServerEndedException end, int port) {
        if (String.valueOf(end.getMessage()).contains(NO_BINARIES)) {
            return new MissingBinariesException(end);
        }
        return LocalPort.isOpen(port) ? new PortTakenException("PostgreSQL", port, "another server") : end;
    }

    /** {@return the same server as whoever creates databases on it sees it} */
    public DatabaseServer server() {
        return server;
    }

    public int port() {
        return port;
    }

    public String jdbcUrl(String database) {
        return server.jdbcUrl(database);
    }

    public String user() {
        return server.user();
    }

    public String password() {
        return server.password();
    }

    public void createDatabase(String name) {
        server.createDatabase(name);
    }

    /** Creates a database as a copy of another one, to which nobody may be connected. */
    public void createDatabase(String name, String template) {
        server.createDatabase(name, template);
    }

    /** Drops a database and cuts the connections that it still has. */
    public void dropDatabase(String name) {
        server.dropDatabase(name);
    }

    /** Stops the server, starts it again on the same port with the same data, and returns when it answers. */
    public void restart(Shutdown shutdown) {
        new PostgresControl(directory).restart(shutdown);
        process.awaitReady(this::answers);
    }

    /** Ends the server at once, as in a crash, and leaves its data as they are; then only {@link #close} is of use. */
    public void crash() {
        new PostgresControl(directory).stop(Shutdown.IMMEDIATE);
    }

    @Override
    public void close() {
        process.stop();
        directory.removeIfTemporary();
    }

    /** Whoever answers to the name and the password is not always the server that was started here. */
    void requireOwn(Path answering) {
        if (!isSame(answering, directory.resolve("data"))) {
            throw new PortTakenException("PostgreSQL", port, "a PostgreSQL with its data in " + answering);
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean answers() {
        // The port alone says nothing: while it starts up, or recovers, the server refuses to talk.
        if (!LocalPort.isOpen(port)) {
            return false;
        }
        Optional<Path> answering = server.dataDirectory();
        answering.ifPresent(this::requireOwn);
        return answering.isPresent();
    }
}
