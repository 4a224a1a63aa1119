package dev.outbox.deploy;

import dev.outbox.embedded.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus that reads one service each second, and evaluates alerts as often. */
final class Prometheus implements AutoCloseable {

    private static final String CONFIGURATION = """
            global:
              scrape_interval: 1s
              evaluation_interval: 1s
            rule_files:
              - %s
            scrape_configs:
              - job_name: watched
                metrics_path: /actuator/prometheus
                static_configs:
                  - targets: ["localhost:%d"]
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final Process process;
    private final int port;

    private Prometheus(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param folder for all that it writes
     * @param rules the file with the alerts
     * @param target the port of the service
     */
    static Prometheus start(Path folder, Path rules, int port, int target) throws IOException {
        Path configuration =
                Files.writeString(folder.resolve("prometheus.yaml"), CONFIGURATION.formatted(rules, target));
        Process process = new ProcessBuilder(
                        Promtool.program("prometheus").toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        return new Prometheus(process, port);
    }

    /** Waits until it has read the service a few times, so that it sees what counts from now on. */
    void awaitScraped() {
        Awaitility.await("Prometheus reads the service")
                .atMost(Patience.LIMIT)
                .ignoreException(UncheckedIOException.class)
                .until(() -> get("query?query=sum_over_time(up%5B1m%5D)%3E2")
                                .path("result")
                                .size()
                        > 0);
    }

    void awaitFiring(String... alerts) {
        await(alerts, true);
    }

    void awaitQuiet(String... alerts) {
        await(alerts, false);
    }

    private void await(String[] alerts, boolean fire) {
        for (String alert : alerts) {
            Awaitility.await(alert + (fire ? " fires" : " does not fire"))
                    .atMost(Patience.LIMIT)
                    .until(() -> isFiring(alert) == fire);
        }
    }

    boolean isFiring(String alert) {
        return get("alerts")
                .path("alerts")
                .valueStream()
                .filter(each -> each.path("state").asString().equals("firing"))
                .anyMatch(
                        each -> each.path("labels").path("alertname").asString().equals(alert));
    }

    private JsonNode get(String question) {
        URI uri = URI.create("http://127.0.0.1:%d/api/v1/%s".formatted(port, question));
        try {
            HttpRequest request = HttpRequest.newBuilder(uri).build();
            return mapper.readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
