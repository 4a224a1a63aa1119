package dev.outbox.sample.inventory;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** The stock. */
interface StockItemRepository extends JpaRepository<StockItem, String> {

    /** Locks the items until the end of the transaction, always in the same order: two orders cannot block each other. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select item from StockItem item where item.sku in :skus order by item.sku")
    List<StockItem> lock(Collection<String> skus);
}
