package dev.outbox.devservices.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A child JVM on this JVM's class path that runs one server and writes its output to a file.
 *
 * <p>Its standard input is a pipe from this process. When that ends, because we close it or because this process is
 * gone for whatever reason, the child stops its server: see {@link ParentWatch}. So no shutdown hook is needed here,
 * and the servers outlive every shutdown hook that still talks to them.
 */
final class ServerProcess {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration STOPPED_WITHIN = Duration.ofMinutes(2);
    private static final long PROBE_INTERVAL_MILLIS = 50;
    private static final int LOG_TAIL_LINES = 40;

    /** Keeps the pipes reachable: a collected pipe would be a closed one. */
    private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();

    private final String name;
    private final Process process;
    private final Path log;

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static ServerProcess start(Class<?> main, List<String> jvmOptions, List<String> arguments, Path log) {
        if (isPackaged(main.getProtectionDomain().getCodeSource().getLocation().toString())) {
            throw new PackagedApplicationException();
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-Dlogback.configurationFile=dev/outbox/devservices/internal/process-logback.xml");
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Not as an argument: a class path can be longer than a command line may be.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            ServerProcess started = new ServerProcess(main.getSimpleName(), builder.start(), log);
            RUNNING.add(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A jar within a jar, of which a plain JVM knows nothing. */
    static boolean isPackaged(String location) {
        return location.startsWith("jar:nested:");
    }

    long pid() {
        return process.pid();
    }

    /** Returns when the probe has said yes; a process that ends or stays silent is an exception with the log's tail. */
    void awaitReady(BooleanSupplier probe) {
        long start = System.nanoTime();
        while (!probe.getAsBoolean()) {
            if (hasEndedWithin(PROBE_INTERVAL_MILLIS)) {
                RUNNING.remove(this);
                throw new ServerEndedException(
                        "%s ended with %d before it was ready%n%s".formatted(name, process.exitValue(), logTail()));
            }
            if (System.nanoTime() - start > READY_WITHIN.toNanos()) {
                kill();
                throw new IllegalStateException(
                        "%s was not ready within %s%n%s".formatted(name, READY_WITHIN, logTail()));
            }
        }
    }

    /** Ends the standard input, at which the child stops its server, and waits for its end. */
    void stop() {
        endInput();
        awaitEnd();
    }

    /** Asks the process to end, as the operating system does it, and waits for that. */
    void terminate() {
        // By its handle: Process.destroy would close the pipe as well, and the end of that is not an orderly one.
        process.toHandle().destroy();
        awaitEnd();
    }

    /** Ends the process at once, with no chance to tidy up (SIGKILL). */
    void kill() {
        process.destroyForcibly();
        hasEndedWithin(STOPPED_WITHIN.toMillis());
        RUNNING.remove(this);
    }

    private void awaitEnd() {
        if (hasEndedWithin(STOPPED_WITHIN.toMillis())) {
            RUNNING.remove(this);
        } else {
            kill();
        }
    }

    private boolean hasEndedWithin(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // Not by force: what is killed leaves its server behind.
            endInput();
            throw new IllegalStateException("Interrupted while waiting for " + name, e);
        }
    }

    private void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }
}
