package dev.outbox.sample.inventory;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Stock and reservations over HTTP, to look at. */
@RestController
class InventoryController {

    record StockView(String sku, int available) {}

    record ReservationView(
            UUID orderId,
            ReservationStatus status,
            @Nullable String reason,
            Instant decidedAt) {}

    private final StockItemRepository stock;
    private final ReservationRepository reservations;

    InventoryController(StockItemRepository stock, ReservationRepository reservations) {
        this.stock = stock;
        this.reservations = reservations;
    }

    @GetMapping("/stock")
    List<StockView> stock() {
        return stock.findAll(Sort.by("sku")).stream()
                .map(item -> new StockView(item.sku(), item.available()))
                .toList();
    }

    @GetMapping("/reservations/{orderId}")
    ReservationView reservation(@PathVariable UUID orderId) {
        Reservation found = reservations.findById(orderId).orElseThrow(() -> new ReservationNotFoundException(orderId));
        return new ReservationView(found.orderId(), found.status(), found.reason(), found.decidedAt());
    }
}
