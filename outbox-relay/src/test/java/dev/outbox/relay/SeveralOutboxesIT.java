package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.internal.status.StatusPart;
import dev.outbox.relay.operations.Outboxes;
import dev.outbox.relay.operations.UnavailableOutboxException;
import dev.outbox.relay.sidecar.RelayApplication;
import dev.outbox.schema.OutboxSchema;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One sidecar relays two outboxes; what happens to the first one is not noticed by the second. */
class SeveralOutboxesIT {

    /** Nobody listens there. */
    private static final String NOWHERE = "localhost:1";

    @RegisterExtension
    final MigratedDatabase orders = MigratedDatabase.by(OutboxSchema.class);

    @RegisterExtension
    final MigratedDatabase billing = MigratedDatabase.by(OutboxSchema.class);

    private final String orderTopic = "orders-" + UUID.randomUUID();
    private final String billingTopic = "billing-" + UUID.randomUUID();

    @Test
    void eachIsRelayedFromItsOwnDatabaseAndHasItsOwnSettings() throws Exception {
        try (ConfigurableApplicationContext sidecar =
                        start(orders.jdbcUrl(), "orders.lanes=3", "billing.engine=poll", "billing.lanes=2");
                TopicReader orderReader = new TopicReader(TestBroker.bootstrapServers(), orderTopic);
                TopicReader billingReader = new TopicReader(TestBroker.bootstrapServers(), billingTopic)) {
            commit(orders, orderTopic, "order");
            commit(billing, billingTopic, "bill");
            orderReader.untilEvents(1);
            billingReader.untilEvents(1);
            awaitStatus(sidecar, "orders", Status.UP);
            awaitStatus(sidecar, "billing", Status.UP);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> health(sidecar, "orders").getDetails().containsKey("lane 2 of 3"));
            assertThat(health(sidecar, "billing").getDetails()).doesNotContainKey("lane 2 of 3");
        }
    }

    @Test
    void eachIsOperatedByItsName() throws Exception {
        try (ConfigurableApplicationContext sidecar = start(orders.jdbcUrl(), "orders.lanes=3")) {
            Outboxes outboxes = sidecar.getBean(Outboxes.class);
            assertThat(outboxes.names()).containsExactlyInAnyOrder("orders", "billing");
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .ignoreExceptionsInstanceOf(UnavailableOutboxException.class)
                    .until(() -> outboxes.named("orders").lanes().lanes().size() == 3);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .ignoreExceptionsInstanceOf(UnavailableOutboxException.class)
                    .until(() -> outboxes.named("billing").lanes().lanes().size() == 1);
        }
    }

    @Test
    void theMetersOfEachAreInTheRegistryOfTheSidecarUnderItsName() throws Exception {
        try (ConfigurableApplicationContext sidecar = start(orders.jdbcUrl(), "orders.lanes=2")) {
            MeterRegistry registry = sidecar.getBean(MeterRegistry.class);
            commit(orders, orderTopic, "order");
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> registry.find("outbox.relay.published").tags("outbox", "orders").counters().stream()
                                    .mapToDouble(counter -> counter.count())
                                    .sum()
                            == 1);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> registry.find("outbox.relay.lanes.owned").gauges().stream()
                            .collect(Collectors.toMap(
                                    gauge -> String.valueOf(gauge.getId().getTag("outbox")), gauge -> gauge.value()))
                            .equals(Map.of("orders", 2.0, "billing", 1.0)));
            assertThat(registry.find("outbox.relay.publish.delay")
                            .tag("outbox", "billing")
                            .timers())
                    .isEmpty();
            assertThat(registry.find("kafka.producer.record.send.total")
                            .tag("outbox", "orders")
                            .meters())
                    .isNotEmpty();
            assertThat(registry.getMeters())
                    .extracting(Meter::getId)
                    .filteredOn(id -> id.getTag("outbox") != null)
                    .extracting(Meter.Id::getName)
                    .allMatch(name -> name.matches("(outbox|kafka|hikaricp|jdbc)[.].*"));
        }
    }

    @Test
    void theEndpointShowsEachByItsName() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ConfigurableApplicationContext sidecar = start(
                        "jdbc:postgresql://localhost:%d/orders?socketTimeout=3".formatted(silent.getLocalPort()))) {
            awaitStatus(sidecar, "billing", Status.UP);
            Map<?, ?> shown =
                    (Map<?, ?>) sidecar.getBean(StatusPart.class).now().get();
            assertThat(shown.get("billing"))
                    .asInstanceOf(type(RelayStatus.class))
                    .satisfies(billing -> assertThat(billing.relay()).startsWith("outbox-relay-billing"));
            assertThat(shown.get("orders")).asString().contains("it is being started");
        }
    }

    @Test
    void aDatabaseThatFallsSilentDelaysNobodyElse() throws Exception {
        try (ForgetfulNetwork network = ForgetfulNetwork.to(orders.jdbcUrl());
                ConfigurableApplicationContext sidecar =
                        start(network.jdbcUrl(), "orders.database.socket-timeout=20s", "orders.stuck-after=1s");
                TopicReader orderReader = new TopicReader(TestBroker.bootstrapServers(), orderTopic);
                TopicReader billingReader = new TopicReader(TestBroker.bootstrapServers(), billingTopic)) {
            commit(orders, orderTopic, "first");
            orderReader.untilEvents(1);

            network.forget();
            commit(orders, orderTopic, "second");
            awaitStatus(sidecar, "orders", Status.DOWN);
            commit(billing, billingTopic, "bill");
            billingReader.untilEvents(1);
            assertThat(health(sidecar, "billing").getStatus()).isEqualTo(Status.UP);

            orderReader.untilEvents(2);
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerAtStartKeepsNobodyElseFromStarting() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ConfigurableApplicationContext sidecar = start(
                        "jdbc:postgresql://localhost:%d/orders?socketTimeout=3".formatted(silent.getLocalPort()));
                TopicReader billingReader = new TopicReader(TestBroker.bootstrapServers(), billingTopic)) {
            commit(billing, billingTopic, "bill");
            billingReader.untilEvents(1);
            awaitStatus(sidecar, "billing", Status.UP);
            assertThat(health(sidecar, "orders").getStatus()).isEqualTo(Status.DOWN);
            assertThat(health(sidecar, "orders").getDetails()).containsKey("reason");
        }
    }

    @Test
    void anOutboxThatCannotBeStartedIsTriedAgain() throws Exception {
        JdbcClient jdbc = JdbcClient.create(orders.dataSource());
        String user = "late_" + orderTopic.replaceAll("[^a-z0-9]", "");
        try (ConfigurableApplicationContext sidecar = start(orders.jdbcUrl(), "orders.datasource.username=" + user);
                TopicReader orderReader = new TopicReader(TestBroker.bootstrapServers(), orderTopic)) {
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> String.valueOf(
                                    health(sidecar, "orders").getDetails().get("reason"))
                            .startsWith("it cannot be started"));
            commit(orders, orderTopic, "order");
            jdbc.sql("create user %s superuser password '%s'".formatted(user, orders.password()))
                    .update();
            orderReader.untilEvents(1);
            awaitStatus(sidecar, "orders", Status.UP);
        } finally {
            Awaitility.await().atMost(Patience.LIMIT).ignoreExceptions().until(() -> {
                jdbc.sql("drop owned by " + user).update();
                jdbc.sql("drop user " + user).update();
                return true;
            });
        }
    }

    @Test
    void aTargetThatIsDownDelaysNobodyElse() throws Exception {
        try (ConfigurableApplicationContext sidecar = start(
                        orders.jdbcUrl(),
                        "orders.kafka.bootstrap-servers=" + NOWHERE,
                        "orders.stuck-after=1s",
                        "orders.check.timeout=1s");
                TopicReader billingReader = new TopicReader(TestBroker.bootstrapServers(), billingTopic)) {
            commit(orders, orderTopic, "order");
            commit(billing, billingTopic, "bill");
            billingReader.untilEvents(1);
            awaitStatus(sidecar, "orders", Status.DOWN);
            awaitStatus(sidecar, "billing", Status.UP);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "billing.lanes=99, lanes is 99",
        "billing.engien=tail, it has no setting 'engien'",
        "archive.lanes=2, it has no database"
    })
    void anEntryThatIsWrongIsRefusedByItsName(String property, String problem) {
        assertThatThrownBy(() -> start(orders.jdbcUrl(), property).close())
                .hasStackTraceContaining(
                        "Outbox '%s' of outbox.relay.outboxes".formatted(property.replaceFirst("[.].*", "")))
                .hasStackTraceContaining(problem);
    }

    private ConfigurableApplicationContext start(String orderUrl, String... properties) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "orders.datasource.url", orderUrl,
                "orders.datasource.username", orders.user(),
                "orders.datasource.password", orders.password(),
                "billing.datasource.url", billing.jdbcUrl(),
                "billing.datasource.username", billing.user(),
                "billing.datasource.password", billing.password()));
        Stream.of(properties)
                .map(property -> property.split("=", 2))
                .forEach(property -> settings.put(property[0], property[1]));
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> arguments.add("--outbox.relay.outboxes.%s=%s".formatted(name, value)));
        arguments.add("--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers());
        arguments.add("--spring.main.log-startup-info=false");
        arguments.add("--logging.level.root=warn");
        return new SpringApplicationBuilder(RelayApplication.class)
                .properties("spring.config.name=outbox-relay")
                .web(WebApplicationType.NONE)
                .run(arguments.toArray(String[]::new));
    }

    private static void awaitStatus(ConfigurableApplicationContext sidecar, String outbox, Status status) {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> health(sidecar, outbox).getStatus().equals(status));
    }

    private static Health health(ConfigurableApplicationContext sidecar, String outbox) {
        CompositeHealthContributor outboxes =
                sidecar.getBean("outboxRelayHealthContributor", CompositeHealthContributor.class);
        HealthIndicator indicator = (HealthIndicator) requireNonNull(outboxes.getContributor(outbox));
        return requireNonNull(indicator.health());
    }

    private static void commit(MigratedDatabase database, String topic, String aggregate) throws SQLException {
        OutboxTransaction.commit(database.dataSource(), List.of(event(topic, aggregate)));
    }
}
