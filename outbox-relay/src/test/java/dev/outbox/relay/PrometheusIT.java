package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.relay.sidecar.RelayApplication;
import dev.outbox.schema.OutboxSchema;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The sidecar as Prometheus sees it. */
class PrometheusIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void theSidecarShowsItsMetersToPrometheus() throws Exception {
        try (ConfigurableApplicationContext sidecar = start()) {
            OutboxTransaction.commit(database.dataSource(), List.of(event("prometheus", "a")));
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> get(sidecar, "prometheus")
                            .body()
                            .contains("outbox_relay_published_total{topic=\"prometheus\"} 1.0"));
            assertThat(get(sidecar, "prometheus").body())
                    .contains("outbox_relay_publish_delay_seconds_count{topic=\"prometheus\"} 1")
                    .contains("outbox_relay_lanes_owned 1.0")
                    .contains("outbox_relay_pending_age_seconds{lane=\"0\"}")
                    .contains("kafka_producer_record_send_total")
                    .contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void nothingElseIsExposed() throws Exception {
        try (ConfigurableApplicationContext sidecar = start()) {
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> get(sidecar, "health").statusCode() == 200);
            for (String closed :
                    List.of("env", "configprops", "metrics", "beans", "loggers", "outbox", "outboxdebezium")) {
                assertThat(get(sidecar, closed).statusCode()).as(closed).isEqualTo(404);
            }
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(RelayApplication.class)
                .properties("spring.config.name=outbox-relay", "outbox.relay.lease.ttl=5m")
                .run(Stream.concat(
                                TestRelay.connection(database.get(), TestBroker.bootstrapServers()).stream(),
                                Stream.of("--server.port=0"))
                        .toArray(String[]::new));
    }

    private HttpResponse<String> get(ConfigurableApplicationContext sidecar, String endpoint)
            throws IOException, InterruptedException {
        String port = sidecar.getEnvironment().getRequiredProperty("local.server.port");
        URI uri = URI.create("http://localhost:%s/actuator/%s".formatted(port, endpoint));
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
