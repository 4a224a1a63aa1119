package dev.outbox.sample.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderLinesTests {

    @Test
    void severalLinesOfOneArticleAddUp() {
        OrderPlaced order = new OrderPlaced(
                UUID.randomUUID(), List.of(line("teapot", 2), line("samovar", 1), line("teapot", 3)), "EUR");
        assertThat(order.skus()).containsExactly("samovar", "teapot");
        assertThat(order.quantityOf("teapot")).isEqualTo(5);
        assertThat(order.quantityOf("samovar")).isEqualTo(1);
    }

    private static OrderLines.Line line(String sku, int quantity) {
        return new OrderLines.Line(sku, quantity);
    }
}
