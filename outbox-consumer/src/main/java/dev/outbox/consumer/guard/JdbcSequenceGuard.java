package dev.outbox.consumer.guard;

import dev.outbox.consumer.guard.JdbcSequenceRuns.Place;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Keeps the last sequence of each aggregate in a table, one row per consumer and aggregate, and with it which events were
 * applied:
 *
 * <ul>
 *   <li>The next event in sequence is new. An event later than that has a gap before it.
 *   <li>An event that is not later than the last one is a duplicate if it is the event that was applied under its sequence.
 *   <li>If another event was applied under its sequence, it is a fork: the producer's database has lost commits, and continues
 *       to count from before them.
 *   <li>If no event was applied under its sequence, it is late: it was passed over, or is from before the event that the
 *       consumer began with.
 * </ul>
 */
final class JdbcSequenceGuard implements InboxGuard {

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

    /** Maximum length of the id of an aggregate. */
    private static final int MAX_LENGTH = 255;

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final JdbcSequenceRuns runs;
    private final boolean lateStart;

    /**
     * @param lateStart whether the first event of an aggregate that is seen may be a later one
     */
    JdbcSequenceGuard(DataSource dataSource, OutboxTables tables, boolean lateStart) {
        this.dataSource = dataSource;
        this.jdbc = tables.client(dataSource);
        this.runs = new JdbcSequenceRuns(dataSource, tables);
        this.lateStart = lateStart;
    }

    @Override
    public List<Admission> admit(String consumer, List<GuardedEvent> events) {
        InboxTransactions.require(dataSource, events.get(0));
        List<Place> places = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            places.add(placeOf(i, events.get(i)));
        }
        Map<CountedAggregate, SequenceCount> counts = lock(consumer, places);
        List<Admission> admissions = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Place place = places.get(i);
            admissions.add(
                    countOf(place, counts).admit(place.sequence(), events.get(i).id()));
        }
        save(consumer, counts);
        return admissions;
    }

    @Override
    public void letIn(String consumer, GuardedEvent event) {
        Place place = placeOf(0, event);
        Map<CountedAggregate, SequenceCount> counts = lock(consumer, List.of(place));
        SequenceCount count = countOf(place, counts);
        switch (count.judge(place.sequence(), event.id())) {
            case NEW, DUPLICATE -> {}
            case GAP -> count.skipTo(place.sequence());
            case FORK -> {
                count.rewindTo(place.sequence());
                runs.forgetFrom(consumer, place);
            }
            case LATE -> runs.letIn(consumer, place);
        }
        save(consumer, counts);
    }

    @Override
    public boolean seesEveryType() {
        return true;
    }

    private Map<CountedAggregate, SequenceCount> lock(String consumer, List<Place> places) {
        Map<CountedAggregate, SequenceCount> counts = new TreeMap<>();
        places.forEach(place -> counts.computeIfAbsent(place.aggregate(), first -> new SequenceCount(lateStart)));
        asking(LOCK, consumer, counts.keySet()).query(row -> {
            SequenceCount count =
                    counts.get(new CountedAggregate(row.getString(1), row.getString(2), row.getString(3)));
            if (count != null) {
                count.load(stored(row));
            }
        });
        runs.recall(
                consumer,
                places.stream()
                        .filter(place -> countOf(place, counts).isEarlier(place.sequence()))
                        .distinct()
                        .toList(),
                counts);
        return counts;
    }

    private void save(String consumer, Map<CountedAggregate, SequenceCount> counts) {
        Map<CountedAggregate, SequenceCount> changed = new LinkedHashMap<>(counts);
        changed.values().removeIf(count -> !count.isChanged());
        if (changed.isEmpty()) {
            return;
        }
        Collection<SequenceCount> values = changed.values();
        long saved = asking(SAVE, consumer, changed.keySet())
                .param("sequences", array("int8", values, SequenceCount::last, Long[]::new))
                .param("eventIds", array("text", values, SequenceCount::lastId, String[]::new))
                .param("assumed", array("int8", values, SequenceCount::assumedTo, Long[]::new))
                .param("recent", array("text", values, SequenceCount::recent, String[]::new))
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

    private static SequenceCount countOf(Place place, Map<CountedAggregate, SequenceCount> counts) {
        return Objects.requireNonNull(counts.get(place.aggregate()));
    }

    private static Place placeOf(int index, GuardedEvent event) {
        String aggregate = event.aggregateId();
        Long sequence = event.sequence();
        if (aggregate == null || sequence == null) {
            throw UncountedEventException.withoutSequence(index, event);
        }
        if (aggregate.length() > MAX_LENGTH) {
            throw UncountedEventException.withLongSubject(index, event, MAX_LENGTH);
        }
        return new Place(new CountedAggregate(event.source(), event.topic(), aggregate), sequence);
    }
}
