package dev.outbox.consumer.guard;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The guard by sequence on MariaDB, MySQL or H2. The row of an aggregate is inserted before it is locked: a lock on a row that
 * is not there would be a lock on the gap where other consumers insert theirs, and they would wait for each other. Every read
 * locks, so no snapshot of the transaction can hide what others have committed.
 */
final class JdbcPortableSequenceGuard extends SequenceGuard {

    /** In the row of an aggregate of which nothing has been applied. */
    private static final long NOT_BEGUN = -1;

    private static final String BEGIN = """
            insert into inbox_sequence (
                consumer, source, topic, aggregate_id, last_sequence, last_event_id, recent_to, recent_ids, assumed_to)
            values (:consumer, :source, :topic, :aggregate, -1, '', 0, '', 0)
            on duplicate key update recent_to = recent_to
            """;

    /** The other columns have defaults there. */
    private static final String BEGIN_IN_H2 = """
            merge into inbox_sequence (consumer, source, topic, aggregate_id)
            key (consumer, source, topic, aggregate_id)
            values (:consumer, :source, :topic, :aggregate)
            """;

    private static final String LOCK = """
            select source, topic, aggregate_id, last_sequence, last_event_id, assumed_to, recent_to, recent_ids
            from inbox_sequence
            where consumer = :consumer and (source, topic, aggregate_id) in (:aggregates)
            order by source, topic, aggregate_id
            for update
            """;

    private static final String SAVE = """
            update inbox_sequence
            set last_sequence = :sequence, last_event_id = :eventId, assumed_to = :assumed, recent_to = :sequence,
                recent_ids = :recent
            where consumer = :consumer and source = :source and topic = :topic and aggregate_id = :aggregate
            """;

    private final OutboxTables tables;
    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final JdbcPortableSequenceRuns runs;
    private final String begin;

    /**
     * @param lateStart whether the first event of an aggregate that is seen may be a later one
     */
    JdbcPortableSequenceGuard(DatabaseProduct product, DataSource dataSource, OutboxTables tables, boolean lateStart) {
        super(dataSource, lateStart);
        this.tables = tables;
        this.jdbc = tables.client(dataSource);
        this.batches = new NamedParameterJdbcTemplate(dataSource);
        this.runs = new JdbcPortableSequenceRuns(product, dataSource, tables);
        this.begin = product == DatabaseProduct.H2 ? BEGIN_IN_H2 : BEGIN;
    }

    /** Always in the same order, so that two deliveries do not wait for each other. */
    @Override
    void load(String consumer, Map<CountedAggregate, SequenceCount> counts) {
        Collection<CountedAggregate> aggregates = counts.keySet();
        batches.batchUpdate(
                tables.qualify(begin),
                aggregates.stream().map(aggregate -> row(consumer, aggregate)).toArray(MapSqlParameterSource[]::new));
        jdbc.sql(LOCK)
                .param("consumer", consumer)
                .param(
                        "aggregates",
                        aggregates.stream()
                                .map(aggregate -> new Object[] {aggregate.source(), aggregate.topic(), aggregate.id()})
                                .toList())
                .query(row -> {
                    SequenceCount count =
                            counts.get(new CountedAggregate(row.getString(1), row.getString(2), row.getString(3)));
                    if (count != null && row.getLong(4) != NOT_BEGUN) {
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
        batches.batchUpdate(
                tables.qualify(SAVE),
                changed.entrySet().stream()
                        .map(entry -> row(consumer, entry.getKey())
                                .addValue("sequence", entry.getValue().last())
                                .addValue("eventId", entry.getValue().lastId())
                                .addValue("assumed", entry.getValue().assumedTo())
                                .addValue(
                                        "recent",
                                        JdbcPortableSequenceRuns.bytes(
                                                entry.getValue().recent())))
                        .toArray(MapSqlParameterSource[]::new));
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

    private static MapSqlParameterSource row(String consumer, CountedAggregate aggregate) {
        return new MapSqlParameterSource("consumer", consumer)
                .addValue("source", aggregate.source())
                .addValue("topic", aggregate.topic())
                .addValue("aggregate", aggregate.id());
    }

    private static SequenceCount.Stored stored(ResultSet row) throws SQLException {
        return new SequenceCount.Stored(
                row.getLong(4),
                row.getString(5),
                row.getLong(6),
                row.getLong(7),
                JdbcPortableSequenceRuns.hashes(row.getBytes(8)));
    }
}
