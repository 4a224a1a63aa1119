package dev.outbox.sample.inventory;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What an order is for, in each of its events that says so. */
interface OrderLines {

    record Line(String sku, int quantity) {}

    List<Line> lines();

    default Set<String> skus() {
        return lines().stream().map(Line::sku).collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@return how many of an article the order asks for, in however many lines} */
    default int quantityOf(String sku) {
        return lines().stream()
                .filter(line -> line.sku().equals(sku))
                .mapToInt(Line::quantity)
                .reduce(0, Math::addExact);
    }
}
