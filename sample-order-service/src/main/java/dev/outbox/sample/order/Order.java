package dev.outbox.sample.order;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.AbstractAggregateRoot;

/**
 * What a customer wants. Placing it raises {@link OrderPlaced}; whether it can be had is decided elsewhere and comes
 * back as an event. Cancelling it raises {@link OrderCancelled}.
 */
@Entity
@Table(name = "orders")
class Order extends AbstractAggregateRoot<Order> {

    @Id
    private UUID id;

    @Version
    private @Nullable Long version;

    private String customer;

    @ElementCollection
    @CollectionTable(name = "order_line", joinColumns = @JoinColumn(name = "order_id"))
    @OrderColumn(name = "line_number")
    private List<OrderLine> lines = new ArrayList<>();

    private String currency;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    private Instant placedAt;

    protected Order() {
        // for JPA
    }

    private Order(UUID id, String customer, List<OrderLine> lines, String currency, Instant placedAt) {
        this.id = id;
        this.customer = customer;
        this.lines.addAll(lines);
        this.currency = currency;
        this.status = OrderStatus.PLACED;
        this.placedAt = placedAt;
    }

    static Order place(String customer, List<OrderLine> lines, String currency, Instant placedAt) {
        Order order = new Order(UUID.randomUUID(), customer, lines, currency, placedAt);
        // Kept by the aggregate until the repository saves it; the outbox then stores it in the same transaction.
        order.registerEvent(OrderPlaced.of(order));
        return order;
    }

    void confirm() {
        decide(OrderStatus.CONFIRMED);
    }

    void reject() {
        decide(OrderStatus.REJECTED);
    }

    /** A rejected order has nothing to give up, and an order that is already cancelled has nothing more to report. */
    void cancel() {
        if (status == OrderStatus.REJECTED) {
            throw new OrderRejectedException(id);
        }
        if (status != OrderStatus.CANCELLED) {
            status = OrderStatus.CANCELLED;
            registerEvent(OrderCancelled.of(this));
        }
    }

    /** The answer to an order that was cancelled meanwhile changes nothing: the inventory hears of that next. */
    private void decide(OrderStatus decision) {
        if (status == OrderStatus.CANCELLED) {
            return;
        }
        if (status != OrderStatus.PLACED) {
            throw new IllegalStateException("Order %s is %s and cannot become %s".formatted(id, status, decision));
        }
        status = decision;
    }

    UUID id() {
        return id;
    }

    String customer() {
        return customer;
    }

    List<OrderLine> lines() {
        return List.copyOf(lines);
    }

    String currency() {
        return currency;
    }

    OrderStatus status() {
        return status;
    }

    Instant placedAt() {
        return placedAt;
    }
}
