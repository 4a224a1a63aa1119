package dev.outbox.sample.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.springframework.transaction.support.TransactionTemplate;

/** The service with its database and without a broker. */
@OutboxTest
@Import(TestPostgres.class)
class OrderEventsIT {

    @Autowired
    private OrderService orders;

    @Autowired
    private TransactionTemplate transactions;

    @Autowired
    private CapturedEvents events;

    @Autowired
    private EventDriver driver;

    @Test
    void anOrderThatIsPlacedIsTold() {
        OrderView order = orders.place(teapots(2));
        assertThat(events).containsExactly(OrderPlaced.class);
        assertThat(events)
                .hasOne(OrderPlaced.class)
                .isEqualTo(new OrderPlaced(order.id(), "ada", List.of(new OrderPlaced.Line("teapot", 2)), "EUR"));
    }

    @Test
    void anOrderThatIsCancelledIsTold() {
        OrderView order = orders.place(teapots(2));
        orders.cancel(order.id());
        assertThat(events).containsExactly(OrderPlaced.class, OrderCancelled.class);
        assertThat(orders.find(order.id()).status()).isEqualTo(OrderStatus.CANCELLED);
    }

    @Test
    void anOrderThatIsRolledBackIsNotTold() {
        transactions.executeWithoutResult(transaction -> {
            orders.place(teapots(2));
            transaction.setRollbackOnly();
        });
        assertThat(events).isEmpty();
    }

    @Test
    void stockThatIsReservedTwiceConfirmsTheOrderOnce() {
        UUID id = orders.place(teapots(2)).id();
        EventOnTopic reserved = driver.event(new StockReserved(id));
        driver.deliver(reserved, reserved);
        assertThat(orders.find(id).status()).isEqualTo(OrderStatus.CONFIRMED);
    }

    @Test
    void aDecisionThatContradictsTheFirstChangesNothing() {
        UUID id = orders.place(teapots(2)).id();
        driver.deliver(new StockRejected(id));
        EventOnTopic contradiction = driver.event(new StockReserved(id));
        assertThatThrownBy(() -> driver.deliver(contradiction))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("StockReserved");
        assertThat(orders.find(id).status()).isEqualTo(OrderStatus.REJECTED);
    }

    private static NewOrder teapots(int quantity) {
        return new NewOrder("ada", List.of(new NewOrder.Line("teapot", quantity)), "EUR");
    }
}
