package dev.outbox.sample.demo;

import java.util.Map;
import java.util.TreeMap;

/** Quantities by article. */
record Stock(Map<String, Long> quantities) {

    static Stock of(Map<String, String> quantities) {
        Map<String, Long> parsed = new TreeMap<>();
        quantities.forEach((sku, quantity) -> parsed.put(sku, Long.valueOf(quantity)));
        return new Stock(parsed);
    }

    /** {@return this, less what the other one has} */
    Stock minus(Stock other) {
        Map<String, Long> difference = new TreeMap<>(quantities);
        other.quantities.forEach((sku, quantity) -> difference.merge(sku, -quantity, Long::sum));
        return new Stock(difference);
    }

    /** {@return how many articles there are more than none of} */
    long positive() {
        return quantities.values().stream().filter(quantity -> quantity > 0).count();
    }

    /** {@return how many articles there are less than none of} */
    long negative() {
        return quantities.values().stream().filter(quantity -> quantity < 0).count();
    }
}
