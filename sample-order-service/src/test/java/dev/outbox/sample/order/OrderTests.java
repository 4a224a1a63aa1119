package dev.outbox.sample.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.ReflectionTestUtils;

class OrderTests {

    private final Order order =
            Order.place("ada", List.of(new OrderLine("teapot", 2)), "EUR", Instant.parse("2026-01-01T12:00:00Z"));

    @Test
    void placingAnOrderRaisesOrderPlaced() {
        assertThat(order.status()).isEqualTo(OrderStatus.PLACED);
        assertThat(ReflectionTestUtils.<List<Object>>invokeMethod(order, "domainEvents"))
                .containsExactly(new OrderPlaced(order.id(), "ada", List.of(new OrderPlaced.Line("teapot", 2)), "EUR"));
    }

    @Test
    void anOrderIsConfirmed() {
        order.confirm();
        assertThat(order.status()).isEqualTo(OrderStatus.CONFIRMED);
    }

    @Test
    void anOrderIsRejected() {
        order.reject();
        assertThat(order.status()).isEqualTo(OrderStatus.REJECTED);
    }

    @Test
    void cancellingAnOrderRaisesOrderCancelledOnce() {
        order.confirm();
        order.cancel();
        order.cancel();
        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(ReflectionTestUtils.<List<Object>>invokeMethod(order, "domainEvents"))
                .last()
                .isEqualTo(new OrderCancelled(order.id(), List.of(new OrderCancelled.Line("teapot", 2))));
        assertThat(ReflectionTestUtils.<List<Object>>invokeMethod(order, "domainEvents"))
                .hasSize(2);
    }

    @Test
    void theAnswerToACancelledOrderChangesNothing() {
        order.cancel();
        order.confirm();
        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
    }

    @Test
    void aRejectedOrderCannotBeCancelled() {
        order.reject();
        assertThatExceptionOfType(OrderRejectedException.class).isThrownBy(order::cancel);
    }

    @Test
    void aDecisionIsFinal() {
        order.reject();
        assertThatIllegalStateException()
                .isThrownBy(order::confirm)
                .withMessage("Order %s is REJECTED and cannot become CONFIRMED", order.id());
    }
}
