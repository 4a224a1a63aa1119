package dev.outbox.sample.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestServers;
import dev.outbox.event.EventHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The service with its relay on a real database and a real broker; the test plays the order service. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestServers.class, ReservationTopic.class})
class InventoryServiceIT {

    /** The user of the console. */
    private static final String DEMO =
            "Basic " + Base64.getEncoder().encodeToString("demo:demo".getBytes(StandardCharsets.UTF_8));

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private KafkaTemplate<Object, Object> kafka;

    @Autowired
    private ReservationTopic answers;

    @Test
    void anOrderThatCanBeServedIsReserved() {
        UUID id = UUID.randomUUID();
        int before = available("teapot");
        send(orderPlaced(id, 2, order(id, "teapot", 2)));
        answers.await(id, "StockReserved");
        assertThat(available("teapot")).isEqualTo(before - 2);
        assertThat(mvc.get().uri("/reservations/{id}", id))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.status")
                .isEqualTo("RESERVED");
    }

    @Test
    void anOrderThatCannotBeServedIsRejectedAndTakesNothing() {
        UUID id = UUID.randomUUID();
        int before = available("samovar");
        send(orderPlaced(id, 2, order(id, "samovar", before + 1)));
        answers.await(id, "StockRejected");
        assertThat(available("samovar")).isEqualTo(before);
        assertThat(mvc.get().uri("/reservations/{id}", id))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.reason")
                .isEqualTo("Not enough of samovar");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theGoldenSampleOfEachVersionHasTheSameEffect(int version) throws IOException {
        UUID id = UUID.randomUUID();
        int before = available("espresso-cup");
        String sample = new ClassPathResource("META-INF/outbox/samples/OrderPlaced.v%d.json".formatted(version))
                .getContentAsString(StandardCharsets.UTF_8);
        send(orderPlaced(id, version, sample.replace("0b5e2c7e-3f7a-4c1d-9a53-0d8f6f1f2b11", id.toString())));
        answers.await(id, "StockReserved");
        assertThat(available("espresso-cup")).isEqualTo(before - 6);
    }

    @Test
    void aRedeliveredOrderIsReservedOnce() {
        UUID twice = UUID.randomUUID();
        int before = available("french-press");
        ProducerRecord<Object, Object> delivery = orderPlaced(twice, 2, order(twice, "french-press", 1));
        send(delivery);
        send(delivery);
        // Behind them in the same partition: when it is answered, both copies have been seen.
        UUID next = UUID.randomUUID();
        send(orderPlaced(twice, 2, order(next, "french-press", 1)));
        answers.await(next, "StockReserved");
        assertThat(available("french-press")).isEqualTo(before - 2);
    }

    @Test
    void anOrderForAnUnknownArticleWaitsWithItsCancellationUntilTheArticleIsThereAndItIsReleased() {
        UUID id = UUID.randomUUID();
        send(orderPlaced(id, 2, order(id, "kettle", 3)));
        send(event("OrderCancelled", 1, id, """
                {"orderId": "%s", "lines": [{"sku": "kettle", "quantity": 3}]}
                """.formatted(id)));
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(console("/inbox/parked"))
                        .bodyJson()
                        .extractingPath("$[?(@.key.key == '%s')].events".formatted(id))
                        .isEqualTo(List.of(2)));
        assertThat(answers.of(id)).isNull();

        assertThat(post("/stock", """
                {"sku": "kettle", "quantity": 5}
                """)).bodyJson().extractingPath("$.available").isEqualTo(5);
        assertThat(mvc.post()
                        .uri("/outbox/api/inbox/parked/release")
                        .header("Authorization", DEMO)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("""
                {"consumer": "inventory-service", "topic": "outbox.event.Order", "key": "%s", "seen": 2}
                """.formatted(id)))
                .bodyJson()
                .extractingPath("$.handled")
                .isEqualTo(2);

        answers.await(id, "StockReserved");
        assertThat(available("kettle")).isEqualTo(5);
        assertThat(mvc.get().uri("/reservations/{id}", id))
                .bodyJson()
                .extractingPath("$.status")
                .isEqualTo("RELEASED");
        assertThat(console("/inbox/parked")).bodyJson().extractingPath("$").isEqualTo(List.of());
        assertThat(console("/audit"))
                .bodyJson()
                .extractingPath("$.items[*].action")
                .isEqualTo(List.of("inbox-release"));
        assertThat(mvc.get().uri("/outbox/api/inbox/parked"))
                .as("for users of the console alone")
                .hasStatus(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void goodsWithoutAQuantityAreRefused() {
        assertThat(post("/stock", """
                {"sku": "kettle", "quantity": 0}
                """))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void theEventsOfTheServiceAreShown() {
        assertThat(mvc.get().uri("/actuator/outboxevents/asyncapi"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.operations['receive.OrderPlaced'].channel['$ref']")
                .isEqualTo("#/channels/outbox.event.Order");
    }

    @Test
    void theStockIsListed() {
        assertThat(mvc.get().uri("/stock"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$[*].sku")
                .asArray()
                .contains("espresso-cup", "french-press", "samovar", "teapot");
    }

    @Test
    void anUnknownReservationIsAProblem() {
        UUID unknown = UUID.randomUUID();
        assertThat(mvc.get().uri("/reservations/{id}", unknown))
                .hasStatus(HttpStatus.NOT_FOUND)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("There is no reservation for order " + unknown + " (yet)");
    }

    private int available(String sku) {
        return jdbc.sql("select available from stock_item where sku = ?")
                .param(sku)
                .query(Integer.class)
                .single();
    }

    private void send(ProducerRecord<Object, Object> sent) {
        kafka.send(sent).join();
    }

    private static String order(UUID id, String sku, int quantity) {
        return """
                {"orderId": "%s", "customer": "ada", "lines": [{"sku": "%s", "quantity": %d}], "currency": "EUR"}
                """.formatted(id, sku, quantity);
    }

    private MvcTestResult console(String path) {
        return mvc.get().uri("/outbox/api" + path).header("Authorization", DEMO).exchange();
    }

    private MvcTestResult post(String uri, String body) {
        return mvc.post()
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static ProducerRecord<Object, Object> orderPlaced(UUID key, int version, String payload) {
        return event("OrderPlaced", version, key, payload);
    }

    /** A record as the order service's relay sends it. */
    private static ProducerRecord<Object, Object> event(String type, int version, UUID key, String payload) {
        ProducerRecord<Object, Object> sent = new ProducerRecord<>("outbox.event.Order", key.toString(), payload);
        Map.of(
                        EventHeaders.SPEC_VERSION,
                        EventHeaders.SPEC_VERSION_VALUE,
                        EventHeaders.ID,
                        UUID.randomUUID().toString(),
                        EventHeaders.SOURCE,
                        "/order-service",
                        EventHeaders.TYPE,
                        type,
                        EventHeaders.DATA_VERSION,
                        Integer.toString(version))
                .forEach((name, value) -> sent.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return sent;
    }
}
