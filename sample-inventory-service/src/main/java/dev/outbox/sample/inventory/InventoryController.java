package dev.outbox.sample.inventory;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Stock and reservations over HTTP. */
@RestController
class InventoryController {

    record StockView(String sku, int available) {

        static StockView of(StockItem item) {
            return new StockView(item.sku(), item.available());
        }
    }

    record ReservationView(
            UUID orderId,
            ReservationStatus status,
            @Nullable String reason,
            Instant decidedAt) {}

    /** Goods that have come in. */
    record Intake(String sku, int quantity) {

        Intake {
            if (sku.isBlank() || quantity < 1) {
                throw new IllegalArgumentException("Goods need an article and a quantity of at least 1");
            }
        }
    }

    private final StockItemRepository stock;
    private final ReservationRepository reservations;
    private final StockIntake intake;

    InventoryController(StockItemRepository stock, ReservationRepository reservations, StockIntake intake) {
        this.stock = stock;
        this.reservations = reservations;
        this.intake = intake;
    }

    @GetMapping("/stock")
    List<StockView> stock() {
        return stock.findAll(Sort.by("sku")).stream().map(StockView::of).toList();
    }

    @PostMapping("/stock")
    StockView takeIn(@RequestBody Intake goods) {
        return StockView.of(intake.takeIn(goods.sku(), goods.quantity()));
    }

    @GetMapping("/reservations/{orderId}")
    ReservationView reservation(@PathVariable UUID orderId) {
        Reservation found = reservations.findById(orderId).orElseThrow(() -> new ReservationNotFoundException(orderId));
        return new ReservationView(found.orderId(), found.status(), found.reason(), found.decidedAt());
    }
}
