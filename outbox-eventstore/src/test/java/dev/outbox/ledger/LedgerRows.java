package dev.outbox.ledger;

import dev.outbox.event.AggregateRef;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the tables hold. */
public class LedgerRows {

    private final JdbcClient jdbc;

    LedgerRows(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** {@return type and number of each event of a stream in a table, in the order of publication} */
    public List<String> in(String table, AggregateRef stream) {
        return jdbc.sql("""
                        select type || ' ' || aggregate_seq
                        from %s
                        where aggregatetype = :type and aggregateid = :id
                        order by seq
                        """.formatted(table))
                .param("type", stream.type())
                .param("id", stream.id())
                .query(String.class)
                .list();
    }

    /** {@return the last number that was drawn for any event} */
    public long lastSeq() {
        return jdbc.sql("select last_value from outbox_event_seq")
                .query(Long.class)
                .single();
    }

    public long keys(AggregateRef stream) {
        return jdbc.sql("select count(*) from outbox_key where aggregatetype = :type and aggregateid = :id")
                .param("type", stream.type())
                .param("id", stream.id())
                .query(Long.class)
                .single();
    }
}
