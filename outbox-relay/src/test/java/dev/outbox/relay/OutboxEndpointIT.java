package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.event.EventEnvelope;
import dev.outbox.relay.sidecar.RelayApplication;
import dev.outbox.schema.OutboxSchema;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the endpoint {@code outbox} of a sidecar shows. */
class OutboxEndpointIT {

    private final String topic = "endpoint-" + UUID.randomUUID();

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void showsTheLanesWithTheirOwnersTheEngineAndTheRetention() throws Exception {
        try (ConfigurableApplicationContext first = start("--outbox.relay.lanes=2")) {
            JsonNode alone = await(first, relay -> owned(relay, "this") == 2);
            assertThat(alone.path("engine").path("name").asString()).isEqualTo("poll");
            assertThat(alone.path("retention").path("slotsInUseSince").isObject())
                    .isTrue();
            assertThat(alone.path("troubles")).isEmpty();
            assertThat(duration(alone.path("lanesSeenAgo"))).isLessThan(Patience.LIMIT);

            try (ConfigurableApplicationContext second = start("--outbox.relay.lanes=2")) {
                JsonNode shared = await(first, relay -> owned(relay, "this") == 1 && owned(relay, "other") == 1);
                JsonNode others = lane(shared, "other");
                JsonNode here = await(second, relay -> owned(relay, "this") == 1);
                assertThat(others.path("relay").asString())
                        .isEqualTo(here.path("relay").asString());
                assertThat(others.has("work")).as("what only its owner knows").isFalse();
                assertThat(others.path("lane").asInt())
                        .isEqualTo(lane(here, "this").path("lane").asInt());
            }
        }
    }

    @Test
    void showsWhatIsParkedWithoutKeyAndPayloadAndStaysUp() throws Exception {
        try (ConfigurableApplicationContext sidecar =
                start("--spring.kafka.producer.properties.max.request.size=4000")) {
            EventEnvelope refused = event(topic, "secret-key", "\"" + "secret-payload".repeat(500) + "\"");
            commit(refused, event(topic, "secret-key"));
            JsonNode relay = await(
                    sidecar,
                    status -> lane(status, "this")
                                    .path("work")
                                    .path("parked")
                                    .path("events")
                                    .asInt()
                            == 2);

            JsonNode work = lane(relay, "this").path("work");
            assertThat(work.path("epoch").asLong()).isPositive();
            assertThat(work.path("pending").path("events").asInt()).isZero();
            assertThat(duration(work.path("parked").path("age"))).isLessThan(Patience.LIMIT);
            assertThat(relay.path("troubles")).isEmpty();
            assertThat(relay.toString())
                    .doesNotContain("secret")
                    .doesNotContain(refused.id().toString());
            Health health = health(sidecar);
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails().get("parked")).asString().contains("events=2");
        }
    }

    @Test
    void showsWhyALaneDoesNotMoveWithoutSayingWhichEventIsInTheWay() throws Exception {
        try (ConfigurableApplicationContext sidecar = start(
                "--spring.kafka.producer.properties.max.request.size=4000", "--outbox.relay.failure.policy=stop")) {
            EventEnvelope refused = event(topic, "secret-key", "\"" + "x".repeat(5_000) + "\"");
            commit(refused);
            JsonNode relay =
                    await(sidecar, status -> lane(status, "this").path("work").has("trouble"));

            assertThat(lane(relay, "this").path("work").path("trouble").asString())
                    .contains("its policy is to stop", "max.request.size");
            assertThat(relay.path("troubles").toString()).contains("its policy is to stop");
            assertThat(relay.toString())
                    .doesNotContain("secret")
                    .doesNotContain(refused.id().toString());
        }
    }

    @Test
    void needsNoDatabaseToAnswer() throws Exception {
        JdbcClient outside = JdbcClient.create(database.get().fromOutside());
        String name = database.jdbcUrl().replaceAll(".*/|\\?.*", "");
        try (ConfigurableApplicationContext sidecar = start()) {
            await(sidecar, relay -> owned(relay, "this") == 1);
            outside.sql("alter database %s allow_connections false".formatted(name))
                    .update();
            outside.sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = :name")
                    .param("name", name)
                    .query()
                    .listOfRows();
            JsonNode relay = await(sidecar, status -> !status.path("troubles").isEmpty());
            assertThat(relay.path("lanes")).as("as they were seen last").hasSize(1);
        } finally {
            outside.sql("alter database %s allow_connections true".formatted(name))
                    .update();
        }
    }

    private ConfigurableApplicationContext start(String... more) {
        List<String> arguments = new ArrayList<>(TestRelay.connection(database.get(), TestBroker.bootstrapServers()));
        arguments.add("--server.port=0");
        arguments.add("--management.endpoints.web.exposure.include=health,outbox");
        arguments.addAll(List.of(more));
        return new SpringApplicationBuilder(RelayApplication.class)
                .properties("spring.config.name=outbox-relay")
                .run(arguments.toArray(String[]::new));
    }

    private void commit(EventEnvelope... events) throws Exception {
        OutboxTransaction.commit(database.dataSource(), List.of(events));
    }

    /** {@return what is shown of the relay as soon as it is that} */
    private JsonNode await(ConfigurableApplicationContext sidecar, Predicate<JsonNode> expected) {
        return Objects.requireNonNull(Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> get(sidecar).path("relay"), expected));
    }

    private JsonNode get(ConfigurableApplicationContext sidecar) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:%s/actuator/outbox"
                .formatted(sidecar.getEnvironment().getRequiredProperty("local.server.port")));
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static Health health(ConfigurableApplicationContext sidecar) {
        return Objects.requireNonNull(sidecar.getBean("outboxRelayHealthIndicator", HealthIndicator.class)
                .health());
    }

    private static long owned(JsonNode relay, String owner) {
        return relay.path("lanes")
                .valueStream()
                .filter(lane -> lane.path("owner").asString().equals(owner))
                .count();
    }

    private static JsonNode lane(JsonNode relay, String owner) {
        return relay.path("lanes")
                .valueStream()
                .filter(lane -> lane.path("owner").asString().equals(owner))
                .findFirst()
                .orElseGet(() -> relay.path("none"));
    }

    private static Duration duration(JsonNode text) {
        return Duration.parse(text.asString());
    }
}
