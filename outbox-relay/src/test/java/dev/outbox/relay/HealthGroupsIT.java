package dev.outbox.relay;

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
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an orchestrator sees of the relay while a server is away, by the probes as Spring Boot has them and by wider ones. */
class HealthGroupsIT {

    private static final String NOWHERE = "localhost:1";

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final HttpClient client = HttpClient.newHttpClient();

    /** How somebody has set the groups of the two probes. */
    private enum Groups {
        UNSET,
        EVERYTHING {
            @Override
            List<String> arguments() {
                return List.of(
                        "--management.endpoint.health.group.liveness.include=*",
                        "--management.endpoint.health.group.readiness.include=*");
            }
        };

        List<String> arguments() {
            return List.of();
        }
    }

    @BeforeEach
    void commitAnEvent() throws Exception {
        OutboxTransaction.commit(database.dataSource(), List.of(TestEvents.event("orders", "A")));
    }

    @ParameterizedTest
    @EnumSource
    void aServiceThatEmbedsTheRelayIsAliveAndReadyWithoutKafka(Groups groups) throws Exception {
        try (ConfigurableApplicationContext service = service(NOWHERE, groups)) {
            awaitTrouble(service);
            assertThat(get(service, "/liveness").statusCode()).isEqualTo(200);
            assertThat(get(service, "/readiness").statusCode()).isEqualTo(200);
            assertThat(get(service, "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aServiceThatEmbedsTheRelayIsAliveAndReadyWithoutItsDatabase() throws Exception {
        try (ConfigurableApplicationContext service = service(TestBroker.bootstrapServers(), Groups.UNSET)) {
            withoutDatabase(service, () -> {
                assertThat(get(service, "/liveness").statusCode()).isEqualTo(200);
                assertThat(get(service, "/readiness").statusCode()).isEqualTo(200);
            });
        }
    }

    @Test
    void ofAServiceWithoutItsDatabaseTheRelaySaysNoMoreThanThatItIsStuck() throws Exception {
        try (ConfigurableApplicationContext service = service(TestBroker.bootstrapServers(), Groups.EVERYTHING)) {
            withoutDatabase(
                    service,
                    () -> assertThat(get(service, "/readiness").body())
                            .as("what brings it down is Spring Boot's own look at the database")
                            .containsOnlyOnce("\"status\":\"STUCK\"")
                            .containsPattern("\"db\":\\{[^}]*}?[^}]*\"status\":\"DOWN\""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSidecarIsAliveAndDoesNotMakeItsPodUnreadyWithoutKafka(Groups groups) throws Exception {
        try (ConfigurableApplicationContext sidecar = sidecar(NOWHERE, groups)) {
            awaitTrouble(sidecar);
            assertThat(get(sidecar, "/liveness").statusCode()).isEqualTo(200);
            assertThat(get(sidecar, "/readiness").statusCode()).isEqualTo(200);
            assertThat(get(sidecar, "").statusCode()).as("for an alert").isEqualTo(503);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSidecarIsAliveAndDoesNotMakeItsPodUnreadyWithoutItsDatabase(Groups groups) throws Exception {
        try (ConfigurableApplicationContext sidecar = sidecar(TestBroker.bootstrapServers(), groups)) {
            withoutDatabase(sidecar, () -> {
                assertThat(get(sidecar, "/liveness").statusCode()).isEqualTo(200);
                assertThat(get(sidecar, "/readiness").statusCode()).isEqualTo(200);
                assertThat(get(sidecar, "").statusCode()).as("for an alert").isEqualTo(503);
            });
        }
    }

    @Test
    void aSidecarWithoutTheIndicatorOfTheRelayStarts() throws Exception {
        try (ConfigurableApplicationContext sidecar = sidecar(
                TestBroker.bootstrapServers(), Groups.UNSET, "--management.health.outbox-relay.enabled=false")) {
            assertThat(get(sidecar, "/liveness").statusCode()).isEqualTo(200);
        }
    }

    private ConfigurableApplicationContext service(String broker, Groups groups) {
        return run(Service.class, Map.of(), broker, groups);
    }

    private ConfigurableApplicationContext sidecar(String broker, Groups groups, String... arguments) {
        return run(RelayApplication.class, Map.of("spring.config.name", "outbox-relay"), broker, groups, arguments);
    }

    private ConfigurableApplicationContext run(
            Class<?> application, Map<String, Object> defaults, String broker, Groups groups, String... more) {
        List<String> arguments = new ArrayList<>(TestRelay.connection(database.get(), broker));
        arguments.add("--server.port=0");
        arguments.add("--management.endpoint.health.show-details=always");
        arguments.addAll(groups.arguments());
        arguments.addAll(List.of(more));
        return new SpringApplicationBuilder(application).properties(defaults).run(arguments.toArray(String[]::new));
    }

    private interface Check {

        void run() throws Exception;
    }

    private void withoutDatabase(ConfigurableApplicationContext application, Check check) throws Exception {
        JdbcClient outside = JdbcClient.create(database.get().fromOutside());
        String name = database.jdbcUrl().replaceAll(".*/|\\?.*", "");
        outside.sql("alter database %s allow_connections false".formatted(name)).update();
        try {
            outside.sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = :name")
                    .param("name", name)
                    .query()
                    .listOfRows();
            awaitTrouble(application);
            check.run();
        } finally {
            outside.sql("alter database %s allow_connections true".formatted(name))
                    .update();
        }
    }

    private static void awaitTrouble(ConfigurableApplicationContext application) {
        HealthIndicator relay = application.getBean("outboxRelayHealthIndicator", HealthIndicator.class);
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() ->
                        !Status.UP.equals(Objects.requireNonNull(relay.health()).getStatus()));
    }

    private HttpResponse<String> get(ConfigurableApplicationContext application, String group)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:%s/actuator/health%s"
                .formatted(application.getEnvironment().getRequiredProperty("local.server.port"), group));
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {}
}
