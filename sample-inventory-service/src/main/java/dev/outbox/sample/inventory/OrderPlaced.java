package dev.outbox.sample.inventory;

import static java.util.stream.Collectors.summingInt;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** An order as this service sees it: less than the order service says, in the version that it speaks. */
@DomainEvent(type = "OrderPlaced", version = 2, aggregate = "Order")
record OrderPlaced(@AggregateId UUID orderId, List<Line> lines, String currency) {

    record Line(String sku, int quantity) {}

    /** {@return how many of each article, several lines of one article added up} */
    SortedMap<String, Integer> quantities() {
        return lines.stream().collect(Collectors.groupingBy(Line::sku, TreeMap::new, summingInt(Line::quantity)));
    }
}
