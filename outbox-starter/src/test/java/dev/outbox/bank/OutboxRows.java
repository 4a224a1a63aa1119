package dev.outbox.bank;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What stands in the outbox. */
@Component
public class OutboxRows {

    private final JdbcClient jdbc;

    OutboxRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** {@return the payloads in the order of publication} */
    public List<@Nullable String> payloads() {
        return jdbc.sql("select convert_from(payload, 'UTF8') from outbox_event order by seq")
                .query(String.class)
                .list();
    }

    /** {@return the numbers of an aggregate's events in the order of publication} */
    public List<@Nullable Long> numbersOf(String aggregateId) {
        return jdbc.sql("select aggregate_seq from outbox_event where aggregateid = ? order by seq")
                .param(aggregateId)
                .query(Long.class)
                .list();
    }

    public void clear() {
        jdbc.sql("truncate outbox_event, outbox_key").update();
    }
}
