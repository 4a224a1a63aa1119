package dev.outbox.sample.inventory;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes goods into stock. */
@Component
class StockIntake {

    private final StockItemRepository stock;

    StockIntake(StockItemRepository stock) {
        this.stock = stock;
    }

    /** {@return the article with what has come in; one that was not known is from now on} */
    @Transactional
    StockItem takeIn(String sku, int quantity) {
        StockItem item =
                stock.lock(List.of(sku)).stream().findFirst().orElseGet(() -> stock.save(new StockItem(sku, 0)));
        item.put(quantity);
        return item;
    }
}
