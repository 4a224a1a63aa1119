package dev.outbox.sample.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.TestPostgres;
import dev.outbox.test.CapturedEvents;
import dev.outbox.test.OutboxTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service while some of its consumers know version 1 of an order and no other. */
@OutboxTest(properties = "outbox.versions.also-publish.OrderPlaced=1")
@Import(TestPostgres.class)
class OrderVersionWindowIT {

    @Autowired
    private OrderService orders;

    @Autowired
    private CapturedEvents events;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void anOrderIsToldInBothVersions() {
        OrderView order = orders.place(new NewOrder("ada", List.of(new NewOrder.Line("teapot", 2)), "EUR"));
        assertThat(events)
                .hasOne(OrderPlaced.class)
                .isEqualTo(new OrderPlaced(order.id(), "ada", List.of(new OrderPlaced.Line("teapot", 2)), "EUR"));
        assertThat(jdbc.sql("select concat_ws(' ', type, version, convert_from(payload, 'UTF8')) from outbox_event")
                        .query(String.class)
                        .list())
                .containsExactly("OrderPlaced 1 "
                        + "{\"orderId\":\"%s\",\"customer\":\"ada\",\"items\":[{\"sku\":\"teapot\",\"quantity\":2}]}"
                                .formatted(order.id()));
    }
}
