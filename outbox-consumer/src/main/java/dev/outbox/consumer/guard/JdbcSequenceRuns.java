package dev.outbox.consumer.guard;

import dev.outbox.consumer.guard.SequenceGuard.Place;
import dev.outbox.schema.OutboxTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Keeps the ids of earlier applied events in a table, as runs of hashes under successive sequences. One row covers dozens of
 * events. It is written once, and read only if an event arrives that is not one of the latest of its aggregate. Used under the
 * lock of the aggregate.
 */
final class JdbcSequenceRuns {

    private static final String FIND = """
            select place, found.event_ids[cast(sequence - found.first_sequence + 1 as integer)]
            from unnest(
                    cast(:sources as text[]), cast(:topics as text[]), cast(:aggregates as text[]), cast(:sequences as bigint[]))
                    with ordinality as asked (source, topic, aggregate_id, sequence, place)
                cross join lateral (
                    select run.first_sequence, run.event_ids
                    from inbox_sequence_run run
                    where run.consumer = :consumer and run.source = asked.source and run.topic = asked.topic
                        and run.aggregate_id = asked.aggregate_id and run.first_sequence <= asked.sequence
                    order by run.first_sequence desc
                    limit 1) found
            where sequence < found.first_sequence + cardinality(found.event_ids)
            """;

    private static final String SAVE = """
            insert into inbox_sequence_run (consumer, source, topic, aggregate_id, first_sequence, event_ids)
            select :consumer, source, topic, aggregate_id, first_sequence, cast(event_ids as bigint[])
            from unnest(
                cast(:sources as text[]), cast(:topics as text[]), cast(:aggregates as text[]),
                cast(:sequences as bigint[]), cast(:ids as text[]))
                as run (source, topic, aggregate_id, first_sequence, event_ids)
            on conflict (consumer, source, topic, aggregate_id, first_sequence) do update
            set event_ids = excluded.event_ids
            """;

    private static final String REMOVE_FROM = """
            delete from inbox_sequence_run
            where consumer = :consumer and source = :source and topic = :topic and aggregate_id = :aggregate
                and first_sequence >= :sequence
            """;

    private static final String CUT_FROM = """
            update inbox_sequence_run
            set event_ids = event_ids[1 : cast(:sequence - first_sequence as integer)]
            where consumer = :consumer and source = :source and topic = :topic and aggregate_id = :aggregate
                and first_sequence < :sequence and first_sequence + cardinality(event_ids) > :sequence
            """;

    private final JdbcClient jdbc;

    JdbcSequenceRuns(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
    }

    /** Tells each count what is known about the events that are earlier than its recent ones. */
    void recall(String consumer, List<Place> places, Map<CountedAggregate, SequenceCount> counts) {
        if (places.isEmpty()) {
            return;
        }
        asking(FIND, consumer, places).query(row -> {
            Place place = places.get(row.getInt(1) - 1);
            SequenceCount count = counts.get(place.aggregate());
            if (count != null) {
                count.recall(place.sequence(), row.getLong(2));
            }
        });
    }

    void save(String consumer, Map<CountedAggregate, SequenceCount> counts) {
        List<Place> places = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        counts.forEach((aggregate, count) -> count.runs().forEach((first, run) -> {
            places.add(new Place(aggregate, first));
            ids.add(literal(run));
        }));
        if (!places.isEmpty()) {
            asking(SAVE, consumer, places)
                    .param("ids", new SqlArrayValue("text", ids.toArray()))
                    .update();
        }
    }

    /** Makes sure that an event whose sequence no applied event has is let in when it arrives. */
    void letIn(String consumer, Place place) {
        asking(SAVE, consumer, List.of(place))
                .param("ids", new SqlArrayValue("text", "{" + SequenceCount.LET_IN + "}"))
                .update();
    }

    /** Forgets what was applied from the given sequence on. */
    void forgetFrom(String consumer, Place place) {
        for (String sql : List.of(REMOVE_FROM, CUT_FROM)) {
            jdbc.sql(sql)
                    .param("consumer", consumer)
                    .param("source", place.aggregate().source())
                    .param("topic", place.aggregate().topic())
                    .param("aggregate", place.aggregate().id())
                    .param("sequence", place.sequence())
                    .update();
        }
    }

    /** {@return the numbers as an array of PostgreSQL} */
    static String literal(List<Long> numbers) {
        return numbers.toString().replace('[', '{').replace(']', '}');
    }

    private JdbcClient.StatementSpec asking(String sql, String consumer, List<Place> places) {
        return jdbc.sql(sql)
                .param("consumer", consumer)
                .param(
                        "sources",
                        array("text", places, place -> place.aggregate().source()))
                .param(
                        "topics",
                        array("text", places, place -> place.aggregate().topic()))
                .param(
                        "aggregates",
                        array("text", places, place -> place.aggregate().id()))
                .param("sequences", array("int8", places, Place::sequence));
    }

    private static SqlArrayValue array(String type, List<Place> places, Function<Place, Object> column) {
        return new SqlArrayValue(type, places.stream().map(column).toArray());
    }
}
