package dev.outbox.sample.inventory;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.outbox.inbox.DomainEventHandler;
import java.time.Clock;
import java.util.Map;
import java.util.SortedMap;
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
        SortedMap<String, Integer> wanted = order.quantities();
        Map<String, StockItem> items = stock.lock(wanted.keySet()).stream().collect(toMap(StockItem::sku, identity()));
        String missing = missing(wanted, items);
        if (missing.isEmpty()) {
            wanted.forEach((sku, quantity) -> items.get(sku).take(quantity));
            reservations.save(Reservation.reserved(order.orderId(), clock.instant()));
        } else {
            reservations.save(Reservation.rejected(order.orderId(), "Not enough of " + missing, clock.instant()));
        }
    }

    private static String missing(SortedMap<String, Integer> wanted, Map<String, StockItem> items) {
        return wanted.entrySet().stream()
                .filter(line -> {
                    StockItem item = items.get(line.getKey());
                    return item == null || !item.has(line.getValue());
                })
                .map(Map.Entry::getKey)
                .collect(joining(", "));
    }
}
