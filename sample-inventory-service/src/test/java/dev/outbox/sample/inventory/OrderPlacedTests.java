package dev.outbox.sample.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OrderPlacedTests {

    private final JsonMapper json = new JsonMapper();

    @Test
    void severalLinesOfOneArticleAddUp() {
        OrderPlaced order = new OrderPlaced(
                UUID.randomUUID(), List.of(line("teapot", 2), line("samovar", 1), line("teapot", 3)), "EUR");
        assertThat(order.skus()).containsExactly("samovar", "teapot");
        assertThat(order.quantityOf("teapot")).isEqualTo(5);
        assertThat(order.quantityOf("samovar")).isEqualTo(1);
    }

    @Test
    void aStoredVersion1IsReadAsVersion2() throws IOException {
        ObjectNode stored = json.readValue(
                new ClassPathResource("events/OrderPlaced/v1.json").getContentAsByteArray(), ObjectNode.class);
        ObjectNode current = new OrderPlacedUpcaster().linesAndCurrency(stored);
        assertThat(json.treeToValue(current, OrderPlaced.class))
                .isEqualTo(new OrderPlaced(
                        UUID.fromString("0b5e2c7e-3f7a-4c1d-9a53-0d8f6f1f2b11"),
                        List.of(line("teapot", 2), line("espresso-cup", 6)),
                        "EUR"));
    }

    private static OrderPlaced.Line line(String sku, int quantity) {
        return new OrderPlaced.Line(sku, quantity);
    }
}
