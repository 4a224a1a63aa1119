package dev.outbox.consumer.guard;

import dev.outbox.consumer.guard.SequenceGuard.Place;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxTables;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the ids of earlier applied events in a table of MariaDB, MySQL or H2, as runs of hashes under successive sequences, 8
 * bytes each. Used under the lock of the aggregate.
 */
final class JdbcPortableSequenceRuns {

    /** Locks, because a plain read could see an older run. */
    private static final String FIND = """
            select first_sequence, event_ids
            from inbox_sequence_run
            where consumer = :consumer and source = :source and topic = :topic and aggregate_id = :aggregate
                and first_sequence <= :sequence
            order by first_sequence desc
            limit 1
            for update
            """;

    private static final String SAVE = """
            insert into inbox_sequence_run (consumer, source, topic, aggregate_id, first_sequence, event_ids)
            values (:consumer, :source, :topic, :aggregate, :sequence, :ids)
            on duplicate key update event_ids = :ids
            """;

    private static final String SAVE_IN_H2 = """
            merge into inbox_sequence_run (consumer, source, topic, aggregate_id, first_sequence, event_ids)
            key (consumer, source, topic, aggregate_id, first_sequence)
            values (:consumer, :source, :topic, :aggregate, :sequence, :ids)
            """;

    private static final String REMOVE_FROM = """
            delete from inbox_sequence_run
            where consumer = :consumer and source = :source and topic = :topic and aggregate_id = :aggregate
                and first_sequence >= :sequence
            """;

    /** A run covers the sequences before its own that are asked for next. */
    private static final Comparator<Place> LATEST_FIRST = Comparator.comparing(Place::aggregate)
            .thenComparing(Comparator.comparingLong(Place::sequence).reversed());

    private final OutboxTables tables;
    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final String save;

    JdbcPortableSequenceRuns(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        this.tables = tables;
        this.jdbc = tables.client(dataSource);
        this.batches = new NamedParameterJdbcTemplate(dataSource);
        this.save = product == DatabaseProduct.H2 ? SAVE_IN_H2 : SAVE;
    }

    /** Tells each count what is known about the events that are earlier than its recent ones. */
    void recall(String consumer, List<Place> places, Map<CountedAggregate, SequenceCount> counts) {
        @Nullable Run run = null;
        for (Place place : places.stream().sorted(LATEST_FIRST).toList()) {
            if (run == null || !run.covers(place)) {
                run = find(consumer, place).orElse(null);
            }
            SequenceCount count = counts.get(place.aggregate());
            if (run != null && run.covers(place) && count != null) {
                count.recall(place.sequence(), run.hashOf(place));
            }
        }
    }

    void save(String consumer, Map<CountedAggregate, SequenceCount> counts) {
        List<MapSqlParameterSource> rows = new ArrayList<>();
        counts.forEach((aggregate, count) -> count.runs()
                .forEach((first, ids) ->
                        rows.add(row(consumer, new Place(aggregate, first)).addValue("ids", bytes(ids)))));
        save(rows);
    }

    /** Makes sure that an event whose sequence no applied event has is let in when it arrives. */
    void letIn(String consumer, Place place) {
        save(List.of(row(consumer, place).addValue("ids", bytes(List.of(SequenceCount.LET_IN)))));
    }

    /** Forgets what was applied from the given sequence on. */
    void forgetFrom(String consumer, Place place) {
        jdbc.sql(REMOVE_FROM).paramSource(row(consumer, place)).update();
        find(consumer, place)
                .filter(run -> run.covers(place))
                .map(run -> run.before(place))
                .ifPresent(run -> save(List.of(
                        row(consumer, new Place(run.aggregate(), run.first())).addValue("ids", bytes(run.ids())))));
    }

    /** {@return the hashes as they are stored} */
    static byte[] bytes(List<Long> hashes) {
        ByteBuffer bytes = ByteBuffer.allocate(hashes.size() * Long.BYTES);
        hashes.forEach(bytes::putLong);
        return bytes.array();
    }

    /** {@return the hashes that are stored like this} */
    static List<Long> hashes(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        List<Long> hashes = new ArrayList<>(stored.length / Long.BYTES);
        while (bytes.hasRemaining()) {
            hashes.add(bytes.getLong());
        }
        return hashes;
    }

    private Optional<Run> find(String consumer, Place place) {
        return jdbc.sql(FIND)
                .paramSource(row(consumer, place))
                .query((row, rowNumber) -> new Run(place.aggregate(), row.getLong(1), hashes(row.getBytes(2))))
                .optional();
    }

    /** No empty batch, which drivers refuse. */
    private void save(List<MapSqlParameterSource> rows) {
        if (!rows.isEmpty()) {
            batches.batchUpdate(tables.qualify(save), rows.toArray(MapSqlParameterSource[]::new));
        }
    }

    private static MapSqlParameterSource row(String consumer, Place place) {
        return new MapSqlParameterSource("consumer", consumer)
                .addValue("source", place.aggregate().source())
                .addValue("topic", place.aggregate().topic())
                .addValue("aggregate", place.aggregate().id())
                .addValue("sequence", place.sequence());
    }

    /** Hashes of the ids of an aggregate's events, under successive sequences. */
    private record Run(CountedAggregate aggregate, long first, List<Long> ids) {

        boolean covers(Place place) {
            return aggregate.equals(place.aggregate())
                    && place.sequence() >= first
                    && place.sequence() < first + ids.size();
        }

        long hashOf(Place place) {
            return ids.get((int) (place.sequence() - first));
        }

        Run before(Place place) {
            return new Run(aggregate, first, ids.subList(0, (int) (place.sequence() - first)));
        }
    }
}
