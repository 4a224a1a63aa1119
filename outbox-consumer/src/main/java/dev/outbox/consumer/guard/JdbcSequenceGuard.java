package dev.outbox.consumer.guard;

import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SqlArrayValue;

/** The guard by sequence on PostgreSQL, one row per consumer and aggregate. */
final class JdbcSequenceGuard extends SequenceGuard {

    /** Always in the same order, so that two deliveries do not wait for each other. */
    private static final String LOCK = """
            select source, topic, aggregate_id, last_sequence, last_event_id, assumed_to, recent_to, recent_ids
            from inbox_sequence as stored
                join unnest(cast(:sources as text[]), cast(:topics as text[]), cast(:aggregates as text[]))
                    as asked (source, topic, aggregate_id) using (source, topic, aggregate_id)
            where consumer = :consumer
            order by source, topic, aggregate_id
            for update of stored
            """;

    private static final String SAVE = """
            with asked as (
                select source, topic, aggregate_id, sequence, event_id, assumed_to, cast(recent as bigint[]) as recent, known
                from unnest(
                    cast(:sources as text[]), cast(:topics as text[]), cast(:aggregates as text[]),
                    cast(:sequences as bigint[]), cast(:eventIds as text[]), cast(:assumed as bigint[]),
                    cast(:recent as text[]), cast(:known as boolean[]))
                    as asked (source, topic, aggregate_id, sequence, event_id, assumed_to, recent, known)
            ), moved as (
                update inbox_sequence
                set last_sequence = asked.sequence, last_event_id = asked.event_id, assumed_to = asked.assumed_to,
                    recent_to = asked.sequence, recent_ids = asked.recent
                from asked
                where asked.known and consumer = :consumer and inbox_sequence.source = asked.source
                    and inbox_sequence.topic = asked.topic and inbox_sequence.aggregate_id = asked.aggregate_id
                returning 1
            ), begun as (
                insert into inbox_sequence (
                    consumer, source, topic, aggregate_id, last_sequence, last_event_id, assumed_to, recent_to, recent_ids)
                select :consumer, source, topic, aggregate_id, sequence, event_id, assumed_to, sequence, recent
                from asked
                where not known
                order by source, topic, aggregate_id
                on conflict (consumer, source, topic, aggregate_id) do nothing
                returning 1
            )
            select (select count(*) from moved) + (select count(*) from begun)
            """;

    private final JdbcClient jdbc;
    private final JdbcSequenceRuns runs;

    /**
     * @param lateStart whether the first event of an aggregate that is seen may be a later one
     */
    JdbcSequenceGuard(DataSource dataSource, OutboxTables tables, boolean lateStart) {
        super(dataSource, lateStart);
        this.jdbc = tables.client(dataSource);
        this.runs = new JdbcSequenceRuns(dataSource, tables);
    }

    @Override
    void load(String consumer, Map<CountedAggregate, SequenceCount> counts) {
        asking(LOCK, consumer, counts.keySet()).query(row -> {
            SequenceCount count =
                    counts.get(new CountedAggregate(row.getString(1), row.getString(2), row.getString(3)));
            if (count != null) {
                count.load(stored(row));
            }
        });
    }

    @Override
    void recall(String consumer, List<Place> places, Map<CountedAggregate, SequenceCount> counts) {
        runs.recall(consumer, places, counts);
    }

    @Override
    void store(String consumer, Map<CountedAggregate, SequenceCount> changed) {
        Collection<SequenceCount> values = changed.values();
        long saved = asking(SAVE, consumer, changed.keySet())
                .param("sequences", array("int8", values, SequenceCount::last, Long[]::new))
                .param("eventIds", array("text", values, SequenceCount::lastId, String[]::new))
                .param("assumed", array("int8", values, SequenceCount::assumedTo, Long[]::new))
                .param(
                        "recent",
                        array("text", values, count -> JdbcSequenceRuns.literal(count.recent()), String[]::new))
                .param("known", array("bool", values, SequenceCount::isStored, Boolean[]::new))
                .query(Long.class)
                .single();
        if (saved != changed.size()) {
            throw new ConcurrencyFailureException(
                    "Another delivery to %s began with the same aggregates at the same time; this one must be repeated"
                            .formatted(consumer));
        }
        runs.save(consumer, changed);
    }

    @Override
    void letInLate(String consumer, Place place) {
        runs.letIn(consumer, place);
    }

    @Override
    void forgetFrom(String consumer, Place place) {
        runs.forgetFrom(consumer, place);
    }

    private StatementSpec asking(String sql, String consumer, Collection<CountedAggregate> aggregates) {
        return jdbc.sql(sql)
                .param("consumer", consumer)
                .param("sources", array("text", aggregates, CountedAggregate::source, String[]::new))
                .param("topics", array("text", aggregates, CountedAggregate::topic, String[]::new))
                .param("aggregates", array("text", aggregates, CountedAggregate::id, String[]::new));
    }

    /** The driver sends a typed array in binary; an array of objects would be text, which the server has to parse. */
    private static <T, V> SqlArrayValue array(
            String type, Collection<T> values, Function<T, V> column, IntFunction<V[]> newArray) {
        return new SqlArrayValue(type, (Object[]) values.stream().map(column).toArray(newArray));
    }

    private static SequenceCount.Stored stored(ResultSet row) throws SQLException {
        return new SequenceCount.Stored(
                row.getLong(4), row.getString(5), row.getLong(6), row.getLong(7), List.of((Long[])
                        row.getArray(8).getArray()));
    }
}
