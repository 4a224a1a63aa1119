package dev.outbox.sample.demo;

import dev.outbox.devservices.internal.LocalPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One application in a process of its own: {@code java -jar}, as anybody would run it. */
final class ServiceProcess {

    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(2);
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(20);
    private static final long PROBE_INTERVAL_MILLIS = 200;
    private static final int LOG_TAIL_LINES = 40;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final String name;
    private final URI url;
    private final Path log;
    private final Process process;

    private ServiceProcess(String name, URI url, Path log, Process process) {
        this.name = name;
        this.url = url;
        this.log = log;
        this.process = process;
    }

    /** Starts it on a free port. */
    static ServiceProcess start(String name, Path jar, Map<String, String> properties, WorkDirectory work) {
        int port = LocalPort.free();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Small and quick to start; nothing that one would do in production.
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "--server.port=" + port));
        properties.forEach((key, value) -> command.add("--" + key + "=" + value));
        Path log = work.resolve(name + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(work.path().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new ServiceProcess(name, URI.create("http://localhost:" + port), log, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return url;
    }

    void awaitHealthy() throws InterruptedException {
        long start = System.nanoTime();
        while (!isHealthy()) {
            if (process.waitFor(PROBE_INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "%s ended with %d; the end of its log:%n%s".formatted(name, process.exitValue(), logTail()));
            }
            if (System.nanoTime() - start > HEALTHY_WITHIN.toNanos()) {
                throw new IllegalStateException("%s was not healthy within %s; the end of its log:%n%s"
                        .formatted(name, HEALTHY_WITHIN, logTail()));
            }
        }
    }

    /** {@return how it ended; empty while it runs} */
    Optional<String> end() {
        return process.isAlive()
                ? Optional.empty()
                : Optional.of("%s has ended with %d".formatted(name, process.exitValue()));
    }

    /** Asks the process to end. */
    void terminate() {
        process.destroy();
    }

    void awaitEnd() {
        try {
            if (!process.waitFor(ENDED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private boolean isHealthy() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/actuator/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
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
