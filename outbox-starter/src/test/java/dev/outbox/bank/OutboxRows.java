package dev.outbox.bank;

import static java.nio.charset.StandardCharsets.UTF_8;

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
    public List<String> payloads() {
        return jdbc.sql("select payload from outbox_event order by seq")
                .query((row, rowNumber) -> new String(row.getBytes("payload"), UTF_8))
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
        jdbc.sql("delete from outbox_event").update();
        jdbc.sql("delete from outbox_key").update();
    }
}
