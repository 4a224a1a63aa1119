package dev.outbox.producer.internal.write;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.UtcColumn;
import dev.outbox.schema.HeadersJson;
import dev.outbox.schema.OutboxTables;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes the events of a transaction where no single statement can:
 *
 * <ol>
 *   <li>The first statement adds the number of events to the row of each aggregate. Rows are locked in sorted order, so two
 *     transactions cannot wait for each other. They stay locked until commit, so the next writer of that aggregate waits here.
 *   <li>The last statement inserts the events. Its rows draw {@code seq} now, under the lock. A single event takes its count
 *     from the row of its aggregate in the same statement; for several events, the counts are read first, because a driver that
 *     sends them together may let the server look only once.
 * </ol>
 *
 * <p>Aggregates that count their own events are already locked: the last statement inserts their events as they are.
 */
final class JdbcPortableOutboxWriter implements OutboxWriter {

    /** On MariaDB and MySQL. */
    private static final String LOCK = """
            insert into outbox_key (aggregatetype, aggregateid, last_seq)
            values (?, ?, ?)
            on duplicate key update last_seq = last_seq + values(last_seq)
            """;

    /** On H2, writers come one after the other, from here to their commits: two could not add the same key at once. */
    private static final String TAKE_TURNS = """
            select id from outbox_key_lock for update
            """;

    private static final String LOCK_ON_H2 = """
            merge into outbox_key as counted
            using (values (cast(? as varchar), cast(? as varchar), cast(? as bigint))) as raised (type, id, events)
            on counted.aggregatetype = raised.type and counted.aggregateid = raised.id
            when matched then update set last_seq = counted.last_seq + raised.events
            when not matched then insert (aggregatetype, aggregateid, last_seq) values (raised.type, raised.id, raised.events)
            """;

    private static final String COUNTS = """
            select aggregatetype, aggregateid, last_seq
            from outbox_key
            where (aggregatetype, aggregateid) in (:aggregates)
            """;

    /** Parameters as in {@link #APPEND_COUNTED}, with the aggregate in the place of its count. */
    private static final String APPEND_ONE = """
            insert into outbox_event (
                aggregatetype, aggregateid, id, type, version, bucket,
                topic, source, created_at, contenttype, headers, payload, aggregate_seq)
            values (
                ?, ?, ?, ?, ?, ?,
                ?, ?, ?, ?, ?, ?, (select last_seq from outbox_key where aggregatetype = ? and aggregateid = ?))
            """;

    private static final String APPEND_COUNTED = """
            insert into outbox_event (
                aggregatetype, aggregateid, id, type, version, bucket,
                topic, source, created_at, contenttype, headers, payload, aggregate_seq)
            values (
                ?, ?, ?, ?, ?, ?,
                ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate jdbc;
    private final JdbcClient named;
    private final OutboxTables tables;
    private final boolean takesTurns;
    private final String lock;
    private final HeadersJson headersJson = new HeadersJson();

    JdbcPortableOutboxWriter(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        this.jdbc = JdbcOutboxWriter.speakingFirstOfTheCause(new JdbcTemplate(dataSource));
        this.named = tables.client(jdbc);
        this.tables = tables;
        this.takesTurns = product == DatabaseProduct.H2;
        this.lock = product == DatabaseProduct.H2 ? LOCK_ON_H2 : LOCK;
    }

    @Override
    public void append(List<EventEnvelope> events) {
        Map<AggregateRef, Long> raised = raised(events);
        if (takesTurns) {
            named.sql(TAKE_TURNS).query(Integer.class).single();
        }
        run(lock, List.copyOf(raised.entrySet()), (statement, aggregate) -> {
            statement.setString(1, aggregate.getKey().type());
            statement.setString(2, aggregate.getKey().id());
            statement.setLong(3, aggregate.getValue());
        });
        if (events.size() == 1) {
            run(APPEND_ONE, events, (statement, event) -> {
                bind(statement, event);
                statement.setString(13, event.aggregate().type());
                statement.setString(14, event.aggregate().id());
            });
        } else {
            appendCounted(counted(events, raised));
        }
    }

    private List<CountedEvent> counted(List<EventEnvelope> events, Map<AggregateRef, Long> raised) {
        Map<AggregateRef, Long> last = new HashMap<>();
        named.sql(COUNTS)
                .param(
                        "aggregates",
                        raised.keySet().stream()
                                .map(aggregate -> new Object[] {aggregate.type(), aggregate.id()})
                                .toList())
                .query(row -> {
                    AggregateRef aggregate =
                            new AggregateRef(row.getString("aggregatetype"), row.getString("aggregateid"));
                    last.put(aggregate, row.getLong("last_seq") - raised.getOrDefault(aggregate, 0L));
                });
        return events.stream()
                .map(event -> new CountedEvent(last.merge(event.aggregate(), 1L, Long::sum), event))
                .toList();
    }

    @Override
    public void appendCounted(List<CountedEvent> events) {
        run(APPEND_COUNTED, events, (statement, counted) -> {
            bind(statement, counted.event());
            statement.setLong(13, counted.aggregateSeq());
        });
    }

    /** One event needs no batch, which costs some drivers another round trip. */
    private <T> void run(String sql, List<T> rows, Binding<T> binding) {
        String qualified = tables.qualify(sql);
        if (rows.size() == 1) {
            jdbc.update(qualified, statement -> binding.bind(statement, rows.get(0)));
        } else {
            jdbc.batchUpdate(qualified, new BatchPreparedStatementSetter() {
                @Override
                public void setValues(PreparedStatement statement, int index) throws SQLException {
                    binding.bind(statement, rows.get(index));
                }

                @Override
                public int getBatchSize() {
                    return rows.size();
                }
            });
        }
    }

    private void bind(PreparedStatement statement, EventEnvelope event) throws SQLException {
        statement.setString(1, event.aggregate().type());
        statement.setString(2, event.aggregate().id());
        statement.setString(3, event.id().toString());
        statement.setString(4, event.type().name());
        statement.setInt(5, event.type().version());
        statement.setInt(6, event.aggregate().bucket());
        statement.setString(7, event.topic());
        statement.setString(8, event.source());
        statement.setString(9, UtcColumn.write(event.time()));
        statement.setString(10, event.payload().contentType());
        statement.setString(11, headersJson.write(event.headers()));
        statement.setBytes(12, event.payload().bytes());
    }

    /** {@return how many events each aggregate has, in the order in which all transactions lock aggregates} */
    private static Map<AggregateRef, Long> raised(List<EventEnvelope> events) {
        Map<AggregateRef, Long> raised =
                new TreeMap<>(Comparator.comparing(AggregateRef::type).thenComparing(AggregateRef::id));
        events.forEach(event -> raised.merge(event.aggregate(), 1L, Long::sum));
        return raised;
    }

    @FunctionalInterface
    private interface Binding<T> {

        void bind(PreparedStatement statement, T row) throws SQLException;
    }
}
