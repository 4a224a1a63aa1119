package dev.outbox.stock;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is committed in the database of the service. */
public class StockRows {

    private final JdbcClient jdbc;

    StockRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** {@return the reserved articles of an order} */
    public List<String> reserved(String orderId) {
        return jdbc.sql("select article from reservation where order_id = ?")
                .param(orderId)
                .query(String.class)
                .list();
    }

    /** {@return the orders that have a reservation, in the order of their handling} */
    public List<String> reservedOrders() {
        return jdbc.sql("select order_id from reservation order by id")
                .query(String.class)
                .list();
    }

    /** {@return the number of answers to an order in the outbox} */
    public long answers(String orderId) {
        return jdbc.sql("select count(*) from outbox_event where aggregateid = ?")
                .param(orderId)
                .query(Long.class)
                .single();
    }

    /** {@return the consumers that have entered an event into the inbox} */
    public List<String> consumersOf(String eventId) {
        return jdbc.sql("select consumer from inbox_event where event_id = ?")
                .param(eventId)
                .query(String.class)
                .list();
    }

    /** {@return the number of transactions that wrote the effect, the inbox row and the answer} */
    public long transactionsOf(String orderId, String eventId) {
        return jdbc.sql("""
                        select count(distinct xid) from (
                            select xmin::text as xid from reservation where order_id = :order
                            union all select xmin::text from inbox_event where event_id = :event
                            union all select xmin::text from outbox_event where aggregateid = :order) as written
                        """)
                .param("order", orderId)
                .param("event", eventId)
                .query(Long.class)
                .single();
    }
}
