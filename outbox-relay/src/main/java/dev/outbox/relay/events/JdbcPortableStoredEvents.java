package dev.outbox.relay.events;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.UtcColumn;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneLayout;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.OutboxRowMapper;
import dev.outbox.relay.lane.LaneBoard;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where events are deleted once they are published: an event is in one of the two tables, or published. */
final class JdbcPortableStoredEvents implements StoredEvents {

    private static final String WANTED = """
            created_at >= :from and created_at < :until
                and (:id is null or id = :id)
                and (:key is null or aggregateid = :key)
                and (:type is null or type = :type)
                and (:trace is null or headers like :trace)
                and (:beforeSeq is null or created_at < :beforeTime or (created_at = :beforeTime and seq < :beforeSeq))
            """;

    private static final String FIND = """
            select %1$s, bucket, null as reason, null as parked_at, 0 as is_discarded, 0 as is_released, 0 as is_held
            from outbox_event
            where %2$s
            union all
            select
                %1$s,
                bucket,
                reason,
                parked_at,
                case when discarded_at is null then 0 else 1 end,
                case when release_requested_at is null then 0 else 1 end,
                case when held = true then 1 else 0 end
            from outbox_parked
            where %2$s
            order by created_at desc, seq desc
            limit :limit
            """.formatted(OutboxRowMapper.COLUMNS, WANTED);

    private static final String BACKLOG = """
            select count(*) as events, min(created_at) as oldest
            from (
                select created_at
                from outbox_event
                where bucket between :firstBucket and :lastBucket
                order by seq
                limit :limit
            ) as waiting
            """;

    private final JdbcClient jdbc;
    private final JdbcRecentTopics topics;
    private final LaneBoard lanes;
    private final OutboxRowMapper rowMapper = OutboxRowMapper.portable();

    JdbcPortableStoredEvents(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.topics = new JdbcRecentTopics(product, dataSource, tables);
        this.lanes = LaneLayout.board(product, dataSource, tables);
    }

    @Override
    public List<StoredEvent> find(EventSearch search, int limit) {
        int count = lanes.lanes().size();
        UUID id = search.id();
        EventPlace before = search.before();
        return jdbc.sql(FIND)
                .param("from", UtcColumn.write(search.from()))
                .param("until", UtcColumn.write(search.until()))
                .param("id", id == null ? null : id.toString())
                .param("key", search.aggregateId())
                .param("type", search.type())
                .param("trace", search.trace() == null ? null : "%\"traceparent\"%-" + search.trace() + "-%")
                .param("beforeTime", before == null ? null : UtcColumn.write(before.raisedAt()))
                .param("beforeSeq", before == null ? null : before.seq())
                .param("limit", limit)
                .query((row, rowNumber) -> event(row, rowNumber, count))
                .list();
    }

    @Override
    public Set<String> topics() {
        return topics.get();
    }

    @Override
    public List<LaneBacklog> backlog(int limit) {
        int count = lanes.lanes().size();
        return IntStream.range(0, count)
                .mapToObj(number -> backlog(new Lane(number, count), limit))
                .toList();
    }

    private LaneBacklog backlog(Lane lane, int limit) {
        BucketRange buckets = lane.buckets();
        return jdbc.sql(BACKLOG)
                .param("firstBucket", buckets.first())
                .param("lastBucket", buckets.last())
                .param("limit", limit + 1)
                .query((row, rowNumber) -> new LaneBacklog(
                        lane.number(),
                        Math.min(limit, row.getLong("events")),
                        row.getLong("events") > limit,
                        UtcColumn.find(row, "oldest")))
                .single();
    }

    private StoredEvent event(ResultSet row, int rowNumber, int lanes) throws SQLException {
        @Nullable Instant parkedAt = UtcColumn.find(row, "parked_at");
        return new StoredEvent(
                rowMapper.mapRow(row, rowNumber),
                Lane.of(row.getInt("bucket"), lanes),
                parkedAt == null
                        ? EventStage.WAITING
                        : EventStage.setAside(
                                row.getBoolean("is_discarded"),
                                row.getBoolean("is_released"),
                                row.getBoolean("is_held")),
                row.getString("reason"),
                parkedAt);
    }
}
