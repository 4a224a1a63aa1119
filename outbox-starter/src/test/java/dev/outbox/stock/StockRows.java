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
        return jdbc.sql("select article from reservation where order_id = ? order by id")
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
        return transactionsOf(List.of(orderId), List.of(eventId));
    }

    /** {@return the number of transactions that wrote the effects, the inbox rows and the answers} */
    public long transactionsOf(List<String> orderIds, List<String> eventIds) {
        return jdbc.sql("""
                        select count(distinct xid) from (
                            select xmin::text as xid from reservation where order_id in (:orders)
                            union all select xmin::text from inbox_event where event_id in (:events)
                            union all select xmin::text from outbox_event where aggregateid in (:orders)) as written
                        """)
                .param("orders", orderIds)
                .param("events", eventIds)
                .query(Long.class)
                .single();
    }

    /** {@return how many sessions of the service wait for a lock} */
    public long waitingForALock() {
        return jdbc.sql("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock'
                        """).query(Long.class).single();
    }

    /** Lets every transaction fail, at its commit only, that reserves for the order. */
    public void refuseAtCommit(String orderId) {
        jdbc.sql("""
                create or replace function refuse() returns trigger language plpgsql
                as $$ begin raise exception 'refused at commit'; end $$
                """).update();
        jdbc.sql("""
                create constraint trigger refused after insert on reservation
                deferrable initially deferred for each row
                when (new.order_id = '%s') execute function refuse()
                """.formatted(orderId)).update();
    }

    public void refuseNothing() {
        jdbc.sql("drop trigger if exists refused on reservation").update();
    }
}
