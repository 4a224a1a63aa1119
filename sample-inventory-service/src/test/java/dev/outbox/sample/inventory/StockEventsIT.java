package dev.outbox.sample.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.TestPostgres;
import dev.outbox.test.CapturedEvents;
import dev.outbox.test.EventDriver;
import dev.outbox.test.EventOnTopic;
import dev.outbox.test.OutboxTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service with its database and without a broker; the test says what is delivered, and how. */
@OutboxTest
@Import(TestPostgres.class)
class StockEventsIT {

    @Autowired
    private EventDriver driver;

    @Autowired
    private CapturedEvents events;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void anOrderThatComesTwiceTakesStockOnce() {
        int before = available("french-press");
        EventOnTopic order = driver.event(order("french-press", 1));
        driver.deliver(order, order);
        assertThat(available("french-press")).isEqualTo(before - 1);
        assertThat(events).containsExactly(StockReserved.class);
    }

    @Test
    void theOrderThatComesFirstIsServedFirst() {
        int all = available("samovar");
        OrderPlaced placedFirst = order("samovar", all);
        OrderPlaced placedLast = order("samovar", all);
        driver.deliver(placedLast, placedFirst);
        assertThat(events).containsExactly(StockReserved.class, StockRejected.class);
        assertThat(events).hasOne(StockReserved.class).isEqualTo(new StockReserved(placedLast.orderId()));
    }

    @Test
    void anOrderOfVersion1IsUnderstood() {
        UUID id = UUID.randomUUID();
        int before = available("teapot");
        driver.deliver(driver.event("OrderPlaced", 1, id, """
                {"orderId": "%s", "customer": "ada", "items": [{"sku": "teapot", "quantity": 3}]}
                """.formatted(id)));
        assertThat(available("teapot")).isEqualTo(before - 3);
    }

    private static OrderPlaced order(String sku, int quantity) {
        return new OrderPlaced(UUID.randomUUID(), List.of(new OrderPlaced.Line(sku, quantity)), "EUR");
    }

    private int available(String sku) {
        return jdbc.sql("select available from stock_item where sku = ?")
                .param(sku)
                .query(Integer.class)
                .single();
    }
}
