package dev.outbox.sample.inventory;

import dev.outbox.inbox.DomainEventHandler;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Answers every order. Stock, reservation, the event that tells of it and the note that this order is done commit in the
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
        Set<String> missing = missing(order, items);
        if (missing.isEmpty()) {
            items.forEach(item -> item.take(order.quantityOf(item.sku())));
            reservations.save(Reservation.reserved(order.orderId(), clock.instant()));
        } else {
            String reason = "Not enough of " + String.join(", ", missing);
            reservations.save(Reservation.rejected(order.orderId(), reason, clock.instant()));
        }
    }

    private static Set<String> missing(OrderPlaced order, List<StockItem> items) {
        Set<String> missing = order.skus();
        items.stream()
                .filter(item -> item.has(order.quantityOf(item.sku())))
                .map(StockItem::sku)
                .forEach(missing::remove);
        return missing;
    }
}
