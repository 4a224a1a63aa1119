package dev.outbox.inbox.guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * The last sequence of each aggregate in a table: one row per consumer and aggregate, however many events it has. What is not
 * later is a duplicate, what comes next is new, and what is later than that has a gap before it. The same sequence under
 * another id is a fork: the producer's database has forgotten a commit, and counts on from before it.
 */
final class JdbcSequenceGuard implements InboxGuard {

    /** In one order, so that two deliveries do not wait for each other. */
    private static final String LOCK = """
            select source, topic, aggregate_id, last_sequence, last_event_id
            from inbox_sequence
                join unnest(cast(:sources as text[]), cast(:topics as text[]), cast(:aggregates as text[]))
                    as asked (source, topic, aggregate_id) using (source, topic, aggregate_id)
            where consumer = :consumer
            order by source, topic, aggregate_id
            for update of inbox_sequence
            """;

    private static final String SAVE = """
            with asked as (
                select *
                from unnest(
                    cast(:sources as text[]), cast(:topics as text[]), cast(:aggregates as text[]),
                    cast(:sequences as bigint[]), cast(:eventIds as text[]), cast(:known as boolean[]))
                    as asked (source, topic, aggregate_id, sequence, event_id, known)
            ), moved as (
                update inbox_sequence
                set last_sequence = asked.sequence, last_event_id = asked.event_id
                from asked
                where asked.known and consumer = :consumer and inbox_sequence.source = asked.source
                    and inbox_sequence.topic = asked.topic and inbox_sequence.aggregate_id = asked.aggregate_id
                returning 1
            ), begun as (
                insert into inbox_sequence (consumer, source, topic, aggregate_id, last_sequence, last_event_id)
                select :consumer, source, topic, aggregate_id, sequence, event_id
                from asked
                where not known
                order by source, topic, aggregate_id
                on conflict (consumer, source, topic, aggregate_id) do nothing
                returning 1
            )
            select (select count(*) from moved) + (select count(*) from begun)
            """;

    private static final String LET_IN = """
            insert into inbox_sequence (consumer, source, topic, aggregate_id, last_sequence, last_event_id)
            values (:consumer, :source, :topic, :aggregate, :sequence, '')
            on conflict (consumer, source, topic, aggregate_id) do update
            set last_sequence = excluded.last_sequence, last_event_id = ''
            """;

    /** Of the id of an aggregate. */
    private static final int MAX_LENGTH = 255;

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final boolean lateStart;

    /**
     * @param lateStart whether the first event that is seen of an aggregate may be a later one
     */
    JdbcSequenceGuard(DataSource dataSource, boolean lateStart) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.lateStart = lateStart;
    }

    @Override
    public List<Admission> admit(String consumer, List<GuardedEvent> events) {
        InboxTransactions.require(dataSource, events.get(0));
        Map<Aggregate, Count> counts = new TreeMap<>();
        List<Aggregate> aggregates = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Aggregate aggregate = aggregateOf(i, events.get(i));
            aggregates.add(aggregate);
            counts.computeIfAbsent(aggregate, first -> new Count(lateStart));
        }
        lock(consumer, counts);
        List<Admission> admissions = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Count count = counts.get(aggregates.get(i));
            admissions.add(count == null ? Admission.NEW : count.admit(events.get(i)));
        }
        save(consumer, counts);
        return admissions;
    }

    @Override
    public void letIn(String consumer, GuardedEvent event) {
        Aggregate aggregate = aggregateOf(0, event);
        jdbc.sql(LET_IN)
                .param("consumer", consumer)
                .param("source", aggregate.source())
                .param("topic", aggregate.topic())
                .param("aggregate", aggregate.id())
                .param("sequence", sequenceOf(event) - 1)
                .update();
    }

    @Override
    public boolean seesEveryType() {
        return true;
    }

    private void lock(String consumer, Map<Aggregate, Count> counts) {
        asking(LOCK, consumer, counts.keySet()).query(row -> {
            Count count = counts.get(new Aggregate(row.getString(1), row.getString(2), row.getString(3)));
            if (count != null) {
                count.load(row.getLong(4), row.getString(5));
            }
        });
    }

    private void save(String consumer, Map<Aggregate, Count> counts) {
        Map<Aggregate, Count> changed = new LinkedHashMap<>(counts);
        changed.values().removeIf(count -> !count.changed);
        if (changed.isEmpty()) {
            return;
        }
        Collection<Count> values = changed.values();
        long saved = asking(SAVE, consumer, changed.keySet())
                .param("sequences", array("int8", values, count -> count.last, Long[]::new))
                .param("eventIds", array("text", values, count -> count.lastId, String[]::new))
                .param("known", array("bool", values, count -> count.stored, Boolean[]::new))
                .query(Long.class)
                .single();
        if (saved != changed.size()) {
            throw new ConcurrencyFailureException(
                    "Another delivery to %s has begun with the same aggregates at once; this one has to be repeated"
                            .formatted(consumer));
        }
    }

    private StatementSpec asking(String sql, String consumer, Collection<Aggregate> aggregates) {
        return jdbc.sql(sql)
                .param("consumer", consumer)
                .param("sources", array("text", aggregates, Aggregate::source, String[]::new))
                .param("topics", array("text", aggregates, Aggregate::topic, String[]::new))
                .param("aggregates", array("text", aggregates, Aggregate::id, String[]::new));
    }

    /** The driver sends an array of its own type in binary; one of objects would be text, which the server has to take apart. */
    private static <T, V> SqlArrayValue array(
            String type, Collection<T> values, Function<T, V> column, IntFunction<V[]> newArray) {
        return new SqlArrayValue(type, (Object[]) values.stream().map(column).toArray(newArray));
    }

    private static Aggregate aggregateOf(int index, GuardedEvent event) {
        String aggregate = event.aggregateId();
        if (aggregate == null || event.sequence() == null) {
            throw UncountedEventException.withoutSequence(index, event);
        }
        if (aggregate.length() > MAX_LENGTH) {
            throw UncountedEventException.withLongSubject(index, event, MAX_LENGTH);
        }
        return new Aggregate(event.source(), event.topic(), aggregate);
    }

    private static long sequenceOf(GuardedEvent event) {
        Long sequence = event.sequence();
        return sequence == null ? 0 : sequence;
    }

    private record Aggregate(String source, String topic, String id) implements Comparable<Aggregate> {

        @Override
        public int compareTo(Aggregate other) {
            int bySource = source.compareTo(other.source);
            int byTopic = bySource != 0 ? bySource : topic.compareTo(other.topic);
            return byTopic != 0 ? byTopic : id.compareTo(other.id);
        }
    }

    /** How far one aggregate has come, and comes with this batch. */
    private static final class Count {

        private final boolean lateStart;
        private boolean stored;
        private boolean changed;
        private long last;
        private String lastId = "";
        private @Nullable Admission heldBack;

        Count(boolean lateStart) {
            this.lateStart = lateStart;
        }

        void load(long storedSequence, String storedId) {
            stored = true;
            last = storedSequence;
            lastId = storedId;
        }

        Admission admit(GuardedEvent event) {
            long sequence = sequenceOf(event);
            boolean first = !stored && !changed;
            if (!first && sequence <= last) {
                return isFork(sequence, event.id()) ? hold(Admission.FORK) : Admission.DUPLICATE;
            }
            if (heldBack != null) {
                return heldBack;
            }
            if (sequence != last + 1 && !(first && lateStart)) {
                return hold(Admission.GAP);
            }
            changed = true;
            last = sequence;
            lastId = event.id();
            return Admission.NEW;
        }

        private boolean isFork(long sequence, String id) {
            return sequence == last && !lastId.isEmpty() && !lastId.equals(id);
        }

        private Admission hold(Admission admission) {
            heldBack = admission;
            return admission;
        }
    }
}
