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
        if (quantity < 1 || !has(quantity)) {
            throw new IllegalArgumentException("Cannot take %d of %s; %d left".formatted(quantity, sku, available));
        }
        available -= quantity;
    }

    void put(int quantity) {
        if (quantity < 1) {
            throw new IllegalArgumentException("Cannot put %d of %s into stock".formatted(quantity, sku));
        }
        available = Math.addExact(available, quantity);
    }

    String sku() {
        return sku;
    }

    int available() {
        return available;
    }
}
