package dev.outbox.chaos.process;

import dev.outbox.embedded.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM of its own, which can be killed, stopped and continued. Its output goes to a file. For one thread. */
public final class ChildProcess implements AutoCloseable {

    /** A Kafka producer cannot be closed while it waits for a broker that does not answer: request.timeout.ms, 30 s. */
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(5);

    /** Quick to start; nothing that one would do in production. */
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts {@code java} with what comes after the options of the JVM. */
    public static ChildProcess java(String name, Path log, List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Process process = builder.start();
            LastWill.include(process.pid());
            return new ChildProcess(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** {@return whether a line of its log contains this} */
    public boolean hasLogged(String text) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.anyMatch(line -> line.contains(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it at once (SIGKILL), also while it is stopped. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end (SIGTERM) and waits for that. */
    public void terminate() {
        process.destroy();
        awaitEnd();
    }

    /** Makes it stand still (SIGSTOP) until it is {@link #resume resumed}. */
    public void suspend() {
        Signal.STOP.sendTo(process.pid());
    }

    public void resume() {
        Signal.CONT.sendTo(process.pid());
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Waits until it has ended by itself, or by what was sent to it. */
    void awaitEnd() {
        try {
            if (!process.waitFor(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                // A JVM answers with the stacks of its threads, in its log.
                Signal.QUIT.sendTo(process.pid());
                process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
                process.destroyForcibly();
                throw new IllegalStateException("%s has not ended within %s".formatted(name, ENDS_WITHIN));
            }
            LastWill.exclude(process.pid());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the end of " + name, e);
        }
    }
}
