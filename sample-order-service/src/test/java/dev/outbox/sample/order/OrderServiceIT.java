package dev.outbox.sample.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestServers;
import dev.outbox.event.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on a real database and a real broker; the test plays the inventory. */
@SpringBootTest
@AutoConfigureMockMvc
@Import(TestServers.class)
class OrderServiceIT {

    private static final String EVENT = """
            select type, version, aggregatetype, topic, source, aggregate_seq, convert_from(payload, 'UTF8') as payload
            from outbox_event
            where aggregateid = ?
            """;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private KafkaTemplate<Object, Object> kafka;

    @Autowired
    private JsonMapper json;

    @Test
    void aPlacedOrderIsStoredTogetherWithItsEvent() {
        UUID id = placeOrder();
        assertThat(status(id)).isEqualTo("PLACED");
        Map<String, @Nullable Object> event =
                jdbc.sql(EVENT).param(id.toString()).query().singleRow();
        assertThat(event)
                .containsEntry("type", "OrderPlaced")
                .containsEntry("version", 2)
                .containsEntry("aggregatetype", "Order")
                .containsEntry("topic", "outbox.event.Order")
                .containsEntry("source", "/order-service")
                .containsEntry("aggregate_seq", 1L);
        assertThat(json.readTree(String.valueOf(event.get("payload")))).isEqualTo(json.readTree("""
                        {
                          "orderId": "%s",
                          "customer": "ada",
                          "lines": [{"sku": "teapot", "quantity": 2}, {"sku": "espresso-cup", "quantity": 6}],
                          "currency": "EUR"
                        }
                        """.formatted(id)));
    }

    @Test
    void aCancelledOrderIsStoredTogetherWithItsEvent() {
        UUID id = placeOrder();
        assertThat(cancel(id)).hasStatusOk();
        assertThat(status(id)).isEqualTo("CANCELLED");
        assertThat(jdbc.sql("select type from outbox_event where aggregateid = ? order by aggregate_seq")
                        .param(id.toString())
                        .query(String.class)
                        .list())
                .containsExactly("OrderPlaced", "OrderCancelled");
    }

    @Test
    void aRejectedOrderCannotBeCancelled() {
        UUID id = placeOrder();
        send(decision("StockRejected", id, id));
        await().atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(status(id)).isEqualTo("REJECTED"));
        assertThat(cancel(id))
                .hasStatus(HttpStatus.CONFLICT)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("Order " + id + " is rejected and cannot be cancelled");
    }

    @Test
    void anInvalidOrderLeavesNoTrace() {
        long before = count("orders") + count("outbox_event");
        assertThat(post("{}")).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(count("orders") + count("outbox_event")).isEqualTo(before);
    }

    @Test
    void reservedStockConfirmsTheOrder() {
        UUID id = placeOrder();
        send(decision("StockReserved", id, id));
        await().atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(status(id)).isEqualTo("CONFIRMED"));
    }

    @Test
    void rejectedStockRejectsTheOrder() {
        UUID id = placeOrder();
        send(decision("StockRejected", id, id));
        await().atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(status(id)).isEqualTo("REJECTED"));
    }

    @Test
    void aRedeliveredDecisionIsAppliedOnce() {
        UUID twice = placeOrder();
        UUID next = placeOrder();
        ProducerRecord<Object, Object> decision = decision("StockReserved", twice, twice);
        send(decision);
        send(decision);
        // Behind them in the same partition: when it is applied, both copies have been seen.
        send(decision("StockReserved", twice, next));
        await().atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(status(next)).isEqualTo("CONFIRMED"));
        assertThat(jdbc.sql("select version from orders where id = ?")
                        .param(twice)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void theEventsOfTheServiceAreShown() {
        assertThat(mvc.get().uri("/actuator/outboxevents/asyncapi"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.operations['send.OrderPlaced'].channel['$ref']")
                .isEqualTo("#/channels/outbox.event.Order");
        assertThat(mvc.get().uri("/actuator/outboxevents"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.service")
                .isEqualTo("order-service");
    }

    private UUID placeOrder() {
        MvcTestResult result = post("""
                {
                  "customer": "ada",
                  "lines": [{"sku": "teapot", "quantity": 2}, {"sku": "espresso-cup", "quantity": 6}],
                  "currency": "EUR"
                }
                """);
        assertThat(result).hasStatus(HttpStatus.CREATED);
        String location = String.valueOf(result.getResponse().getHeader("Location"));
        return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }

    private MvcTestResult cancel(UUID id) {
        return mvc.post().uri("/orders/{id}/cancellation", id).exchange();
    }

    private String status(UUID id) {
        MvcTestResult result = mvc.get().uri("/orders/{id}", id).exchange();
        assertThat(result).hasStatusOk();
        JsonNode order = json.readTree(result.getResponse().getContentAsByteArray());
        return order.get("status").asString();
    }

    private void send(ProducerRecord<Object, Object> sent) {
        kafka.send(sent).join();
    }

    /** A record as the inventory's relay sends it. */
    private ProducerRecord<Object, Object> decision(String type, UUID key, UUID orderId) {
        ProducerRecord<Object, Object> decision = new ProducerRecord<>(
                "outbox.event.Reservation", key.toString(), json.writeValueAsString(Map.of("orderId", orderId)));
        Map.of(
                        EventHeaders.SPEC_VERSION,
                        EventHeaders.SPEC_VERSION_VALUE,
                        EventHeaders.ID,
                        UUID.randomUUID().toString(),
                        EventHeaders.SOURCE,
                        "/inventory-service",
                        EventHeaders.TYPE,
                        type,
                        EventHeaders.DATA_VERSION,
                        "1")
                .forEach((name, value) -> decision.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return decision;
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private MvcTestResult post(String body) {
        return mvc.post()
                .uri("/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
