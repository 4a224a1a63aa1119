package dev.outbox.test.contract;

import dev.outbox.contract.Compatibility;
import dev.outbox.contract.EventContract;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.upcast.Upcaster;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One event, as it might be declared at one time or another. */
final class Orders {

    private Orders() {}

    @DomainEvent(type = "OrderPlaced", aggregate = "Order")
    record Placed(
            @AggregateId UUID id,
            String customer,
            List<Line> lines,
            @Nullable String note) {

        record Line(String sku, int quantity) {}
    }

    /** Something was added that may be missing. */
    @DomainEvent(type = "OrderPlaced", aggregate = "Order")
    record PlacedWithCoupon(
            @AggregateId UUID id,
            String customer,
            List<Placed.Line> lines,
            @Nullable String note,
            @Nullable String coupon) {}

    /** Something was added that stored events have not. */
    @DomainEvent(type = "OrderPlaced", aggregate = "Order")
    record PlacedWithCurrency(
            @AggregateId UUID id,
            String customer,
            List<Placed.Line> lines,
            @Nullable String note,
            String currency) {}

    /** Something was removed that consumers count on. */
    @DomainEvent(type = "OrderPlaced", aggregate = "Order")
    record PlacedAnonymously(
            @AggregateId UUID id,
            List<Placed.Line> lines,
            @Nullable String note) {}

    @EventContract(compatibility = Compatibility.BACKWARD)
    @DomainEvent(type = "OrderPlaced", aggregate = "Order")
    record BackwardAnonymously(
            @AggregateId UUID id,
            List<Placed.Line> lines,
            @Nullable String note) {}

    @EventContract(compatibility = Compatibility.FORWARD)
    @DomainEvent(type = "OrderPlaced", aggregate = "Order")
    record ForwardAnonymously(
            @AggregateId UUID id,
            List<Placed.Line> lines,
            @Nullable String note) {}

    @EventContract(compatibility = Compatibility.FORWARD)
    @DomainEvent(type = "OrderPlaced", aggregate = "Order")
    record ForwardWithCurrency(
            @AggregateId UUID id,
            String customer,
            List<Placed.Line> lines,
            @Nullable String note,
            String currency) {}

    @EventContract(compatibility = Compatibility.BACKWARD)
    @DomainEvent(type = "OrderPlaced", aggregate = "Order")
    record BackwardWithCurrency(
            @AggregateId UUID id,
            String customer,
            List<Placed.Line> lines,
            @Nullable String note,
            String currency) {}

    @EventContract(compatibility = Compatibility.NONE)
    @DomainEvent(type = "OrderPlaced", aggregate = "Order")
    record Anything(@AggregateId UUID id, String customer, int lines) {}

    @DomainEvent(type = "OrderPlaced", version = 2, aggregate = "Order")
    record Placed2(
            @AggregateId UUID id,
            String customer,
            List<Placed.Line> lines,
            @Nullable String note,
            String currency) {}

    @DomainEvent(type = "OrderPlaced", version = 3, aggregate = "Order")
    record Placed3(@AggregateId UUID id) {}

    @DomainEvent(type = "OrderPlaced", aggregate = "Order", topic = "orders")
    record PlacedElsewhere(
            @AggregateId UUID id,
            String customer,
            List<Placed.Line> lines,
            @Nullable String note) {}

    @EventContract(description = "An order has come in.", owner = "team orders")
    @Deprecated
    @DomainEvent(type = "OrderPlaced", aggregate = "Order")
    record PlacedWithProse(
            @AggregateId UUID id,
            String customer,
            List<Placed.Line> lines,
            @Nullable String note) {}

    @EventContract(producer = "shop")
    @DomainEvent(type = "OrderPlaced", aggregate = "Order")
    record PlacedInTheShop(@AggregateId UUID id) {}

    @DomainEvent(type = "PlaceOrder", aggregate = "Order")
    record PlaceOrder(@AggregateId UUID id) {}

    @EventContract(pastTense = false)
    @DomainEvent(type = "OrderOverview", aggregate = "Order")
    record Overview(@AggregateId UUID id) {}

    static class AddsCurrency {

        @Upcaster(type = "OrderPlaced", from = 1)
        ObjectNode currency(ObjectNode order) {
            return order.put("currency", "EUR");
        }
    }

    static class ForgetsCurrency {

        @Upcaster(type = "OrderPlaced", from = 1)
        ObjectNode currency(ObjectNode order) {
            return order;
        }
    }

    static class Fails {

        @Upcaster(type = "OrderPlaced", from = 1)
        ObjectNode currency(ObjectNode order) {
            throw new IllegalArgumentException("no currency in " + order.size() + " fields");
        }
    }
}
