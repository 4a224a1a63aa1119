package dev.outbox.deployed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.event.EventHeaders;
import dev.outbox.schema.OutboxSchema;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was parked by a service comes to the handlers of its next deployment by the same steps as what is live, or replayed. */
class DeployedVersionsIT {

    private static final Duration DEADLINE = Patience.LIMIT;
    private static final String TOPIC = "shipments.deployed";

    private final String shipment = "shipment-" + UUID.randomUUID();

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final InboxKey key = new InboxKey("shipping", TOPIC, shipment);

    @BeforeEach
    void createTables() throws Exception {
        jdbc.sql("create table effect (id bigint generated always as identity, shipment text, effect text)")
                .update();
    }

    @Test
    void parkedAndReplayedEventsComeThroughTheStepsAsLiveOnesDo() throws Exception {
        try (ConfigurableApplicationContext before = deployed(dev.outbox.deployed.before.Shipping.class)) {
            send("first", 2, "\"kilos\": 3", false);
            send("second", 2, "\"kilos\": 4", false);
            ParkedInboxEvents parked = before.getBean(ParkedInboxEvents.class);
            await().atMost(DEADLINE).until(() -> parked.events(key, 10).size() == 2);
        }
        try (ConfigurableApplicationContext after = deployed(dev.outbox.deployed.after.Shipping.class)) {
            assertThat(after.getBean(ParkedInboxEvents.class).release(key)).satisfies(result -> {
                assertThat(result.failure()).isNull();
                assertThat(result.handled()).isEqualTo(2);
            });
            assertThat(effects()).containsExactly("3000 g of version 2", "4000 g of version 2");
            send("first", 2, "\"kilos\": 3", true);
            send("missed", 1, "\"tons\": 5", true);
            send("third", 3, "\"grams\": 6", false);
            await().atMost(DEADLINE).until(() -> effects().size() >= 4);
            assertThat(effects())
                    .containsExactly(
                            "3000 g of version 2",
                            "4000 g of version 2",
                            "5000000 g again of version 1",
                            "6 g of version 3");
        }
    }

    private ConfigurableApplicationContext deployed(Class<?> service) {
        return new SpringApplicationBuilder(service)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.application.name=shipping",
                        "--outbox.packages=" + service.getPackageName(),
                        "--spring.flyway.enabled=false",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers());
    }

    private void send(String id, int version, String weight, boolean replay) throws Exception {
        ProducerRecord<String, String> sent =
                new ProducerRecord<>(TOPIC, 0, shipment, "{\"shipment\": \"%s\", %s}".formatted(shipment, weight));
        Map<String, String> headers = new HashMap<>(Map.of(
                EventHeaders.ID,
                shipment + id,
                EventHeaders.SOURCE,
                "/shipping",
                EventHeaders.TYPE,
                "ShipmentSent",
                EventHeaders.SUBJECT,
                shipment,
                EventHeaders.DATA_VERSION,
                Integer.toString(version),
                EventHeaders.CONTENT_TYPE,
                "application/json"));
        if (replay) {
            headers.put(EventHeaders.REPLAY, "1");
        }
        headers.forEach((name, value) -> sent.headers().add(name, value.getBytes(UTF_8)));
        Map<String, Object> settings = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(sent).get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private List<@Nullable String> effects() {
        return jdbc.sql("select effect from effect where shipment = ? order by id")
                .param(shipment)
                .query(String.class)
                .list();
    }
}
