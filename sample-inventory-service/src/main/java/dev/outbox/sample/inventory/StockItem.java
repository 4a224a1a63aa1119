package dev.outbox.sample.inventory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** How many of one article can still be reserved. */
@Entity
class StockItem {

    @Id
    private String sku;

    private int available;

    @Version
    private @Nullable Long version;

    @SuppressWarnings("NullAway.Init")
    protected StockItem() {
        // for JPA
    }

    StockItem(String sku, int available) {
        this.sku = sku;
        this.available = available;
    }

    boolean has(int quantity) {
        return quantity <= available;
    }

    void take(int quantity) {
        if (!has(quantity)) {
            throw new IllegalStateException("Only %d of %s left, not %d".formatted(available, sku, quantity));
        }
        available -= quantity;
    }

    String sku() {
        return sku;
    }

    int available() {
        return available;
    }
}
