package dev.outbox.sample.demo;

import java.util.List;
import java.util.Set;

/** Counts what happened, where it happened: in the two databases and on the topics. */
record Ledger(ServiceDatabase orders, ServiceDatabase inventory, EventTopics topics) {

    private static final String UNDECIDED = "select count(*) from orders where status = 'PLACED'";
    private static final String ORDERS = "select id, status from orders";
    private static final String CONFIRMED = """
            select line.sku, sum(line.quantity)
            from order_line line join orders placed on placed.id = line.order_id
            where placed.status = 'CONFIRMED'
            group by line.sku
            """;

    private static final String RESERVATIONS = "select order_id, status from reservation";
    private static final String STOCK = "select sku, available from stock_item";

    private static final String CAPTURED = "select id from outbox_event";
    private static final String TOPICS = "select distinct topic from outbox_event";
    private static final String CONSUMED = "select count(*) from inbox_event";

    Stock stock() {
        return Stock.of(inventory.pairs(STOCK));
    }

    long undecided() {
        return orders.count(UNDECIDED);
    }

    /** {@return all counts, given how many orders were placed and the stock before that} */
    Tally tally(int placed, Stock before) {
        Stock taken = before.minus(stock());
        Stock confirmed = Stock.of(orders.pairs(CONFIRMED));
        return new Tally(
                placed,
                flow(orders, inventory),
                flow(inventory, orders),
                Outcome.of(orders.pairs(ORDERS), inventory.pairs(RESERVATIONS)),
                taken.minus(confirmed));
    }

    private Flow flow(ServiceDatabase from, ServiceDatabase to) {
        Set<String> captured = from.texts(CAPTURED);
        List<String> records = topics.eventIds(from.texts(TOPICS));
        return Flow.of(captured, records, to.count(CONSUMED));
    }
}
