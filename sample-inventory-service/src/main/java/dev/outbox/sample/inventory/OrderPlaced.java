package dev.outbox.sample.inventory;

import dev.outbox.catalog.EventContract;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** An order as this service sees it: less than the order service says, in the version that this service understands. */
@EventContract(producer = "order-service")
@DomainEvent(type = "OrderPlaced", version = 2, aggregate = "Order")
record OrderPlaced(@AggregateId UUID orderId, List<Line> lines, String currency) {

    record Line(String sku, int quantity) {}

    Set<String> skus() {
        return lines.stream().map(Line::sku).collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@return how many of an article the order asks for, in however many lines} */
    int quantityOf(String sku) {
        return lines.stream()
                .filter(line -> line.sku().equals(sku))
                .mapToInt(Line::quantity)
                .reduce(0, Math::addExact);
    }
}
