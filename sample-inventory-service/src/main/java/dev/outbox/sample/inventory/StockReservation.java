package dev.outbox.sample.inventory;

import dev.outbox.consumer.DomainEventHandler;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Answers every order. Stock, reservation, the event that reports it and the note that this order is done commit in the
 * one transaction that the inbox opens, or none of them does.
 */
@Component
class StockReservation {

    private final StockItemRepository stock;
    private final ReservationRepository reservations;
    private final Clock clock;

    StockReservation(StockItemRepository stock, ReservationRepository reservations, Clock clock) {
        this.stock = stock;
        this.reservations = reservations;
        this.clock = clock;
    }

    @DomainEventHandler
    void on(OrderPlaced order) {
        List<StockItem> items = stock.lock(order.skus());
        requireKnown(order.skus(), items);
        String scarce = items.stream()
                .filter(item -> !item.has(order.quantityOf(item.sku())))
                .map(StockItem::sku)
                .collect(Collectors.joining(", "));
        if (scarce.isEmpty()) {
            items.forEach(item -> item.take(order.quantityOf(item.sku())));
            reservations.save(Reservation.reserved(order.orderId(), clock.instant()));
        } else {
            reservations.save(Reservation.rejected(order.orderId(), "Not enough of " + scarce, clock.instant()));
        }
    }

    @DomainEventHandler
    void on(OrderCancelled order) {
        Reservation reservation = reservations
                .findById(order.orderId())
                .orElseThrow(() -> new IllegalStateException("There is no reservation for order " + order.orderId()));
        if (reservation.release()) {
            stock.lock(order.skus()).forEach(item -> item.put(order.quantityOf(item.sku())));
        }
    }

    private static void requireKnown(Set<String> skus, List<StockItem> items) {
        items.stream().map(StockItem::sku).forEach(skus::remove);
        if (!skus.isEmpty()) {
            throw new UnknownArticleException(skus);
        }
    }
}
