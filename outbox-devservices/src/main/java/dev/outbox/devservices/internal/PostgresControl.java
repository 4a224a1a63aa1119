package dev.outbox.devservices.internal;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** PostgreSQL's own {@code pg_ctl}, on the server that runs in a directory. */
record PostgresControl(ServerDirectory directory) {

    private static final Duration READY_WITHIN = Duration.ofMinutes(10);

    /** Returns when the server has been started; it may still be busy with its recovery. */
    void restart(PostgresServer.Shutdown shutdown) {
        run("restart", shutdown, "-l", directory.resolve("server.log").toString());
    }

    /** Returns when the server has ended. */
    void stop(PostgresServer.Shutdown shutdown) {
        run("stop", shutdown);
    }

    private void run(String action, PostgresServer.Shutdown shutdown, String... options) {
        Path log = directory.resolve(action + ".log");
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // As the launcher does it: neither the server nor pg_ctl runs as root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                executable().toString(),
                action,
                "-D",
                data().toString(),
                "-m",
                shutdown.name().toLowerCase(Locale.ROOT),
                "-w",
                "-t",
                Long.toString(READY_WITHIN.toSeconds())));
        command.addAll(List.of(options));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        "pg_ctl ended with %d: %s%n%s".formatted(process.exitValue(), command, Files.readString(log)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for PostgreSQL to " + action, e);
        }
    }

    /** Beside the server, whose command line PostgreSQL writes down at each start. */
    private Path executable() {
        try {
            String commandLine = Files.readString(data().resolve("postmaster.opts"));
            return Path.of(commandLine.substring(0, commandLine.indexOf(" \""))).resolveSibling("pg_ctl");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }
}
