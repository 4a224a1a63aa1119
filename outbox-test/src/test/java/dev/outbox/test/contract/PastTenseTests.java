package dev.outbox.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastTenseTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OrderPlaced", "StockReserved", "order.placed", "order-shipped", "com.acme.order_paid", "InvoiceSent",
                "LimitExceeded", "TermsAgreed", "PaymentFailedForGood", "OrderPlacedV2", "MoneyWithdrawn", "SeatTaken"
            })
    void hasHappened(String type) {
        assertThat(PastTense.isIn(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PlaceOrder",
                "Order",
                "OrderPlacing",
                "OrderFeed",
                "StockNeed",
                "Proceed",
                "RedBed",
                "orders",
                "42"
            })
    void hasNot(String type) {
        assertThat(PastTense.isIn(type)).isFalse();
    }
}
