package dev.outbox.relay.parking;

import dev.outbox.event.AggregateRef;
import dev.outbox.store.BucketRange;
import dev.outbox.store.OutboxRow;
import dev.outbox.store.OutboxRowMapper;
import dev.outbox.store.OutboxTables;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SqlArrayValue;

/** The statements on {@code outbox_parked} by which the owner of a lane parks and releases. */
final class JdbcParkingStore implements ParkingStore {

    /** A row that was given up matters only while its decision has not been carried out. */
    private static final String LOAD = """
            select
                aggregatetype,
                aggregateid,
                min(seq) filter (where discarded_at is null or release_requested_at is not null) as first_seq,
                bool_or(release_requested_at is not null) as is_decided,
                array_agg(seq) filter (where discarded_at is not null) as discarded
            from outbox_parked
            where bucket between :firstBucket and :lastBucket
            group by aggregatetype, aggregateid
            """;

    /** A lane that begins at an earlier position than others left comes upon events that are parked already. */
    private static final String PARK = """
            insert into outbox_parked (
                seq, aggregate_seq, created_at, discarded_at, id, version, bucket, aggregatetype, aggregateid,
                type, topic, source, contenttype, reason, headers, payload)
            select
                seq, aggregate_seq, created_at, case when discarded then clock_timestamp() end, id, version, bucket,
                aggregatetype, aggregateid, type, topic, source, contenttype, reason, headers, payload
            from outbox_event
                join unnest(cast(:seqs as bigint[]), cast(:reasons as text[]), cast(:discarded as boolean[]))
                    as parking (seq, reason, discarded) using (seq)
            where seq between :firstSeq and :lastSeq
            on conflict (seq) do nothing
            """;

    private static final String DECIDE = """
            update outbox_parked
            set release_requested_at = clock_timestamp()
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id
                and discarded_at is null and release_requested_at is null
            """;

    private static final String NEXT = """
            select seq, aggregate_seq, id, type, version, aggregatetype, aggregateid,
                topic, source, created_at, contenttype, headers, payload
            from outbox_parked
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id and discarded_at is null
            order by seq
            limit :limit
            """;

    private static final String PUBLISHED = """
            delete from outbox_parked
            where seq = any (cast(:seqs as bigint[]))
            """;

    private static final String REFUSED = """
            update outbox_parked
            set release_requested_at = null, reason = case when seq = :seq then :reason else reason end
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id and release_requested_at is not null
            """;

    private static final String DONE = """
            update outbox_parked
            set release_requested_at = null
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id and release_requested_at is not null
            """;

    private final JdbcClient jdbc;
    private final OutboxRowMapper rowMapper = new OutboxRowMapper();

    JdbcParkingStore(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
    }

    @Override
    public Parked load(BucketRange buckets) {
        Map<AggregateRef, Long> keys = new HashMap<>();
        Set<AggregateRef> decided = new HashSet<>();
        Set<Long> discarded = new HashSet<>();
        jdbc.sql(LOAD)
                .param("firstBucket", buckets.first())
                .param("lastBucket", buckets.last())
                .query(row -> {
                    Long firstSeq = row.getObject("first_seq", Long.class);
                    if (firstSeq != null) {
                        keys.put(aggregate(row), firstSeq);
                    }
                    if (row.getBoolean("is_decided")) {
                        decided.add(aggregate(row));
                    }
                    Array seqs = row.getArray("discarded");
                    if (seqs != null) {
                        discarded.addAll(List.of((Long[]) seqs.getArray()));
                    }
                });
        return new Parked(keys, decided, discarded);
    }

    @Override
    public void park(List<Parking> events) {
        jdbc.sql(PARK)
                .param(
                        "seqs",
                        new SqlArrayValue(
                                "int8", events.stream().map(Parking::seq).toArray()))
                .param(
                        "reasons",
                        new SqlArrayValue(
                                "text", events.stream().map(Parking::reason).toArray()))
                .param(
                        "discarded",
                        new SqlArrayValue(
                                "bool", events.stream().map(Parking::discarded).toArray()))
                .param("firstSeq", events.stream().mapToLong(Parking::seq).min().orElse(0))
                .param("lastSeq", events.stream().mapToLong(Parking::seq).max().orElse(0))
                .update();
    }

    @Override
    public void decide(AggregateRef aggregate) {
        of(DECIDE, aggregate).update();
    }

    @Override
    public List<OutboxRow> next(AggregateRef aggregate, int limit) {
        return of(NEXT, aggregate).param("limit", limit).query(rowMapper).list();
    }

    @Override
    public void published(Collection<Long> seqs) {
        jdbc.sql(PUBLISHED)
                .param("seqs", new SqlArrayValue("int8", seqs.toArray()))
                .update();
    }

    @Override
    public void refused(AggregateRef aggregate, long seq, String reason) {
        of(REFUSED, aggregate).param("seq", seq).param("reason", reason).update();
    }

    @Override
    public void done(AggregateRef aggregate) {
        of(DONE, aggregate).update();
    }

    private StatementSpec of(String sql, AggregateRef aggregate) {
        return jdbc.sql(sql)
                .param("bucket", aggregate.bucket())
                .param("type", aggregate.type())
                .param("id", aggregate.id());
    }

    private static AggregateRef aggregate(ResultSet row) throws SQLException {
        return new AggregateRef(row.getString("aggregatetype"), row.getString("aggregateid"));
    }
}
