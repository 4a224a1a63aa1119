package dev.outbox.relay.events;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LanePositions;
import dev.outbox.relay.internal.log.LanePosition;
import dev.outbox.relay.internal.log.OutboxRowMapper;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.Position.Paging;
import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Searches by the time at which events were raised, which follows the order of the table closely enough for an index that costs
 * next to nothing when an event is inserted. It looks at a minute first, then at the two minutes before, and so on: mostly, a page
 * is full long before everything of the period has been read. What is published, the positions of the lanes say.
 */
final class JdbcStoredEvents implements StoredEvents {

    private static final String FIND = """
            select %s, xid, bucket, parked.reason, parked.parked_at, parked.discarded_at, parked.release_requested_at, parked.held
            from outbox_event left join (
                select seq as parked_seq, reason, parked_at, discarded_at, release_requested_at, held
                from outbox_parked
            ) as parked on parked_seq = seq
            where created_at >= :from and created_at < :until
                and (cast(:id as uuid) is null or id = :id)
                and (cast(:key as text) is null or aggregateid = :key)
                and (cast(:type as text) is null or type = :type)
                and (cast(:trace as text) is null or split_part(headers ->> 'traceparent', '-', 2) = :trace)
                and (cast(:beforeSeq as bigint) is null or (created_at, seq) < (:beforeTime, :beforeSeq))
            order by created_at desc, seq + 0 desc
            limit :limit
            """.formatted(OutboxRowMapper.COLUMNS);

    /** Each branch has a range of the index on (xid, seq) of its own, also for a plan that does not know the values. */
    private static final String BACKLOG = """
            select count(*) as events, min(created_at) as oldest
            from (
                (
                    select created_at
                    from outbox_event
                    where xid >= :xmax
                        and (seq > :pagedTo or xid >= :nextXmax or xid = any (cast(:nextRunning as bigint[])))
                        and bucket between :firstBucket and :lastBucket
                    order by xid, seq
                    limit :limit)
                union all
                (
                    select created_at
                    from outbox_event
                    where xid = any (cast(:running as bigint[]))
                        and (seq > :pagedTo or xid >= :nextXmax or xid = any (cast(:nextRunning as bigint[])))
                        and bucket between :firstBucket and :lastBucket
                    order by xid, seq
                    limit :limit)
                limit :limit
            ) as waiting
            """;

    private static final Duration FIRST_SLICE = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final JdbcRecentTopics topics;
    private final LanePositions lanes;
    private final OutboxRowMapper rowMapper = new OutboxRowMapper();

    JdbcStoredEvents(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.topics = new JdbcRecentTopics(DatabaseProduct.POSTGRESQL, dataSource, tables);
        this.lanes = LanePositions.postgres(dataSource, tables);
    }

    /** Positions are looked up first: an event that is published in between is found waiting, and not the other way round. */
    @Override
    public List<StoredEvent> find(EventSearch search, int limit) {
        List<LanePosition> positions = lanes.ofLanes();
        EventPlace before = search.before();
        Instant until = before == null || before.raisedAt().isAfter(search.until())
                ? search.until()
                : before.raisedAt().plus(1, ChronoUnit.MICROS);
        List<StoredEvent> found = new ArrayList<>();
        for (Duration slice = FIRST_SLICE;
                found.size() < limit && until.isAfter(search.from());
                slice = slice.multipliedBy(2)) {
            Instant from = search.from().isAfter(until.minus(slice)) ? search.from() : until.minus(slice);
            found.addAll(find(search, from, until, limit - found.size(), positions));
            until = from;
        }
        return found;
    }

    private List<StoredEvent> find(
            EventSearch search, Instant from, Instant until, int limit, List<LanePosition> positions) {
        EventPlace before = search.before();
        return jdbc.sql(FIND)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("id", search.id())
                .param("key", search.aggregateId())
                .param("type", search.type())
                .param("trace", search.trace())
                .param("beforeTime", before == null ? null : before.raisedAt().atOffset(ZoneOffset.UTC))
                .param("beforeSeq", before == null ? null : before.seq())
                .param("limit", limit)
                .query((row, rowNumber) -> event(row, rowNumber, positions))
                .list();
    }

    @Override
    public Set<String> topics() {
        return topics.get();
    }

    @Override
    public List<LaneBacklog> backlog(int limit) {
        List<LanePosition> positions = lanes.ofLanes();
        return positions.stream()
                .map(position -> backlog(position, new Lane(position.lane(), positions.size()), limit))
                .toList();
    }

    private LaneBacklog backlog(LanePosition position, Lane lane, int limit) {
        Position known = position.known();
        Paging paging = known.paging();
        Snapshot next = paging == null ? Snapshot.EMPTY : paging.next();
        return jdbc.sql(BACKLOG)
                .param("xmax", known.done().xmax())
                .param("running", array(known.done()))
                .param("pagedTo", paging == null ? 0 : paging.seq())
                .param("nextXmax", next.xmax())
                .param("nextRunning", array(next))
                .param("firstBucket", lane.buckets().first())
                .param("lastBucket", lane.buckets().last())
                .param("limit", limit + 1)
                .query((row, rowNumber) -> new LaneBacklog(
                        lane.number(),
                        Math.min(limit, row.getLong("events")),
                        row.getLong("events") > limit,
                        instant(row, "oldest")))
                .single();
    }

    private StoredEvent event(ResultSet row, int rowNumber, List<LanePosition> positions) throws SQLException {
        OutboxRow event = rowMapper.mapRow(row, rowNumber);
        int lane = Lane.of(row.getInt("bucket"), positions.size());
        boolean isParked = row.getObject("parked_at") != null;
        return new StoredEvent(
                event,
                lane,
                isParked
                        ? EventStage.setAside(
                                row.getObject("discarded_at") != null,
                                row.getObject("release_requested_at") != null,
                                row.getBoolean("held"))
                        : stage(positions, lane, row.getLong("xid"), event.seq()),
                row.getString("reason"),
                instant(row, "parked_at"));
    }

    private static EventStage stage(List<LanePosition> positions, int lane, long xid, long seq) {
        return !positions.isEmpty() && positions.get(lane).known().isPast(xid, seq)
                ? EventStage.PUBLISHED
                : EventStage.WAITING;
    }

    private static SqlArrayValue array(Snapshot snapshot) {
        return new SqlArrayValue("int8", snapshot.running().toArray());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
