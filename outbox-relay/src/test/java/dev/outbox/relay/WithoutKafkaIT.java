package dev.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.relay.sidecar.RelayApplication;
import dev.outbox.schema.OutboxSchema;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A relay that starts, and stays, without Kafka: what a load balancer sees of the application. */
class WithoutKafkaIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    @BeforeEach
    void commitAnEvent() throws Exception {
        OutboxTransaction.commit(database.dataSource(), List.of(TestEvents.event("orders", "A")));
    }

    @Test
    void aServiceThatEmbedsTheRelayStaysInTheLoadBalancerAndShowsTheTrouble() throws Exception {
        try (ConfigurableApplicationContext service = run(
                Service.class,
                Map.of(),
                "--management.endpoint.health.show-details=always",
                "--management.endpoint.health.group.outbox.include=outboxRelay",
                "--management.endpoint.health.group.outbox.status.order=stuck, up",
                "--management.endpoint.health.group.outbox.status.http-mapping.stuck=503")) {
            awaitTrouble(service);
            HttpResponse<String> health = health(service, "");

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body())
                    .startsWith("{\"components\"")
                    .endsWith("\"status\":\"UP\"}")
                    .contains("\"outboxRelay\"", "\"STUCK\"", "localhost:1", "topic 'orders'");
            assertThat(health(service, "/outbox").statusCode())
                    .as("the relay alone, for an alert")
                    .isEqualTo(503);
        }
    }

    @Test
    void aSidecarIsDownForItHasNothingElseToDo() throws Exception {
        try (ConfigurableApplicationContext sidecar = run(
                RelayApplication.class,
                Map.of("spring.config.name", "outbox-relay"),
                "--management.endpoint.health.show-details=always")) {
            awaitTrouble(sidecar);
            HttpResponse<String> health = health(sidecar, "");

            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("\"DOWN\"", "localhost:1", "topic 'orders'");
        }
    }

    private static void awaitTrouble(ConfigurableApplicationContext application) {
        LaneThreads lanes = application.getBean(LaneThreads.class);
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() ->
                        lanes.monitors().stream().anyMatch(lane -> lane.status().failure() != null));
    }

    private static HttpResponse<String> health(ConfigurableApplicationContext application, String group)
            throws Exception {
        URI uri = URI.create("http://localhost:%s/actuator/health%s"
                .formatted(application.getEnvironment().getRequiredProperty("local.server.port"), group));
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private ConfigurableApplicationContext run(
            Class<?> application, Map<String, Object> defaults, String... arguments) {
        List<String> all = new ArrayList<>(TestRelay.connection(database.get(), "localhost:1"));
        all.removeIf(argument -> argument.startsWith("--logging"));
        all.add("--server.port=0");
        all.addAll(List.of(arguments));
        return new SpringApplicationBuilder(application).properties(defaults).run(all.toArray(String[]::new));
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {}
}
