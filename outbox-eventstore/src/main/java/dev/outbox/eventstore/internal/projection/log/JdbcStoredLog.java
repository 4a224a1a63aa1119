package dev.outbox.eventstore.internal.projection.log;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.eventstore.internal.projection.log.LogPosition.Paging;
import dev.outbox.eventstore.internal.stream.StreamRow;
import dev.outbox.schema.HeadersJson;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * The cursor of the relay (ADR 3 and 16), for the tables of stored events: what the current snapshot sees and the last one did
 * not.
 *
 * <ol>
 *   <li>A read takes the current snapshot and, with it, the events of transactions that the last one could not see: those begun
 *       since, and those that were running then. A transaction that commits late delays its own events and nothing else.
 *   <li>They are sorted by {@code seq}, which a writer draws while it holds its stream. So a snapshot that sees an event of a
 *       stream sees all earlier ones: they have a lower {@code seq} in this read, or were in an earlier one.
 *   <li>If there are more than fit into a page, both snapshots are kept and the events between them are paged by {@code seq}.
 * </ol>
 *
 * <p>Unlike the relay, a projection need not ask whether what it reads could still be lost, or whether the server is the one that
 * it was: it reads, and saves its position with what the handlers do, in one transaction of that server. If a crash or a standby
 * takes events back, it takes back what was made of them as well.
 */
final class JdbcStoredLog implements StoredLog {

    private static final String COLUMNS = """
            seq, aggregate_seq, id, type, version, aggregatetype, aggregateid, created_at, contenttype, headers, payload""";

    /**
     * No branch is sorted before it is limited: a backlog is only noticed here. {@code xid <= :anyXid} is always true. Without
     * it, the plan that PostgreSQL keeps for any {@code xmax} would estimate a third of the table to be new.
     */
    private static final String READ_NEW = """
            select
                pg_current_snapshot()::text as snapshot,
                (select last_value from outbox_event_seq) as last_drawn,
                (select max(xid) from outbox_event_stored) as highest_stored,
                (select max(xid) from outbox_event_unpublished) as highest_unpublished,
                event.*
            from (values (true)) as always left join (
                select *
                from (
                select
                    *,
                    count(*) over () >= :rows or sum(octet_length(payload)) over () > :bytes as is_cut,
                    sum(octet_length(payload)) over (order by seq rows unbounded preceding) - octet_length(payload)
                        as bytes_before
                from (
                    (
                        select %1$s from outbox_event_stored
                        where xid >= :xmax and xid <= :anyXid and bucket between :first and :last
                        order by xid
                        limit :rows
                    )
                    union all
                    (
                        select %1$s from outbox_event_stored
                        where xid = any (cast(:running as bigint[])) and bucket between :first and :last
                        limit :rows
                    )
                    union all
                    (
                        select %1$s from outbox_event_unpublished
                        where xid >= :xmax and xid <= :anyXid and bucket between :first and :last
                        order by xid
                        limit :rows
                    )
                    union all
                    (
                        select %1$s from outbox_event_unpublished
                        where xid = any (cast(:running as bigint[])) and bucket between :first and :last
                        limit :rows
                    )
                ) as found
                ) as measured
                where bytes_before < :bytes
            ) as event on true
            order by event.seq
            """.formatted(COLUMNS);

    /** {@code xid + 0} keeps the planner off the index on xid, whose range is the whole backlog, for each page. */
    private static final String READ_BACKLOG = """
            select %1$s
            from (
                select
                    *,
                    sum(octet_length(payload)) over (order by seq rows unbounded preceding) - octet_length(payload)
                        as bytes_before
                from (
                    (
                        select %1$s from outbox_event_stored
                        where seq > :after and seq <= :through
                            and (xid + 0 >= :xmax or xid + 0 = any (cast(:running as bigint[])))
                            and xid + 0 < :nextXmax and xid + 0 <> all (cast(:nextRunning as bigint[]))
                            and bucket between :first and :last
                        order by seq
                        limit :rows
                    )
                    union all
                    (
                        select %1$s from outbox_event_unpublished
                        where seq > :after and seq <= :through
                            and (xid + 0 >= :xmax or xid + 0 = any (cast(:running as bigint[])))
                            and xid + 0 < :nextXmax and xid + 0 <> all (cast(:nextRunning as bigint[]))
                            and bucket between :first and :last
                        order by seq
                        limit :rows
                    )
                    order by seq
                    limit :rows
                ) as page
            ) as measured
            where bytes_before < :bytes
            order by seq
            """.formatted(COLUMNS);

    /** The events of a backlog come after this number. It looks at each entry of an index once for each backlog. */
    private static final String BACKLOG_START = """
            select coalesce(min(seq), 1) - 1
            from (
                select min(seq) as seq from outbox_event_stored
                where xid >= :xmax and xid <= :anyXid
                union all
                select min(seq) from outbox_event_stored
                where xid = any (cast(:running as bigint[]))
                union all
                select min(seq) from outbox_event_unpublished
                where xid >= :xmax and xid <= :anyXid
                union all
                select min(seq) from outbox_event_unpublished
                where xid = any (cast(:running as bigint[]))
            ) as first_event
            """;

    private static final String IS_ANYTHING_NEW = """
            select
                pg_current_snapshot()::text as snapshot,
                exists (
                    select 1 from outbox_event_stored
                    where xid >= :xmax and xid <= :anyXid and bucket between :first and :last
                ) or exists (
                    select 1 from outbox_event_stored
                    where xid = any (cast(:running as bigint[])) and bucket between :first and :last
                ) or exists (
                    select 1 from outbox_event_unpublished
                    where xid >= :xmax and xid <= :anyXid and bucket between :first and :last
                ) or exists (
                    select 1 from outbox_event_unpublished
                    where xid = any (cast(:running as bigint[])) and bucket between :first and :last
                ) as is_new
            """;

    private static final String NOW = """
            select pg_current_snapshot()::text
            """;

    private static final String SINCE = """
            select
                pg_current_snapshot()::text as snapshot,
                (select last_value from outbox_event_seq) as last_drawn,
                least(
                    (select min(seq) from outbox_event_stored where created_at >= :time),
                    (select min(seq) from outbox_event_unpublished where created_at >= :time)) as first_seq
            """;

    private static final String SIZE = """
            select (select count(*) from outbox_event_stored) + (select count(*) from outbox_event_unpublished)
            """;

    private final JdbcClient jdbc;
    private final HeadersJson headersJson = new HeadersJson();

    JdbcStoredLog(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
    }

    @Override
    public LogPage read(Buckets buckets, LogPosition after, int rows, long bytes) {
        Paging paging = after.paging();
        return paging == null
                ? readNew(buckets, after, rows, bytes)
                : readBacklog(buckets, after.done(), paging, rows, bytes);
    }

    @Override
    public Optional<String> nothingSince(Buckets buckets, String done) {
        return between(jdbc.sql(IS_ANYTHING_NEW), buckets, done)
                .param("anyXid", Long.MAX_VALUE)
                .query((row, rowNumber) ->
                        row.getBoolean("is_new") ? Optional.<String>empty() : Optional.of(row.getString("snapshot")))
                .single();
    }

    @Override
    public LogPosition now() {
        return LogPosition.at(jdbc.sql(NOW).query(String.class).single());
    }

    @Override
    public LogPosition since(Instant time) {
        return jdbc.sql(SINCE)
                .param("time", time.atOffset(ZoneOffset.UTC))
                .query((row, rowNumber) -> {
                    String snapshot = row.getString("snapshot");
                    long lastDrawn = row.getLong("last_drawn");
                    long first = row.getLong("first_seq");
                    return row.wasNull()
                            ? LogPosition.at(snapshot)
                            : new LogPosition(LogPosition.START.done(), new Paging(snapshot, first - 1, lastDrawn));
                })
                .single();
    }

    @Override
    public long size() {
        return jdbc.sql(SIZE).query(Long.class).single();
    }

    private LogPage readNew(Buckets buckets, LogPosition after, int rows, long bytes) {
        NewEvents found = between(jdbc.sql(READ_NEW), buckets, after.done())
                .param("anyXid", Long.MAX_VALUE)
                .param("rows", rows)
                .param("bytes", bytes)
                .query(this::newEvents);
        long current = LogPosition.xmax(found.snapshot());
        long reached = Math.max(after.reached(), found.highestXid() + 1);
        if (reached > current) {
            throw new ForeignLogPositionException(reached, current);
        }
        if (found.isCut()) {
            long start = after.isStart() ? 0 : Math.min(backlogStart(after.done()), found.lastDrawn());
            Paging paging = new Paging(found.snapshot(), start, found.lastDrawn());
            return readBacklog(buckets, after.done(), paging, rows, bytes);
        }
        return new LogPage(found.events(), LogPosition.at(found.snapshot()), true);
    }

    private LogPage readBacklog(Buckets buckets, String done, Paging paging, int rows, long bytes) {
        List<LogEvent> events = between(jdbc.sql(READ_BACKLOG), buckets, done)
                .param("after", paging.seq())
                .param("through", paging.lastSeq())
                .param("nextXmax", LogPosition.xmax(paging.next()))
                .param("nextRunning", transactions(paging.next()))
                .param("rows", rows)
                .param("bytes", bytes)
                .query((row, rowNumber) -> event(row))
                .list();
        boolean isFull = events.size() == rows
                || events.stream()
                                .mapToLong(event -> event.event().payload().size())
                                .sum()
                        >= bytes;
        LogPosition end = isFull
                ? new LogPosition(
                        done,
                        new Paging(paging.next(), events.get(events.size() - 1).seq(), paging.lastSeq()))
                : LogPosition.at(paging.next());
        // The backlog ends where the database was when it was found, so its end says nothing about now.
        return new LogPage(events, end, false);
    }

    private long backlogStart(String done) {
        return jdbc.sql(BACKLOG_START)
                .param("xmax", LogPosition.xmax(done))
                .param("running", transactions(done))
                .param("anyXid", Long.MAX_VALUE)
                .query(Long.class)
                .single();
    }

    private static StatementSpec between(StatementSpec statement, Buckets buckets, String done) {
        return statement
                .param("xmax", LogPosition.xmax(done))
                .param("running", transactions(done))
                .param("first", buckets.first())
                .param("last", buckets.last());
    }

    /** The first row always exists, because it carries what does not belong to an event. */
    private NewEvents newEvents(ResultSet row) throws SQLException {
        row.next();
        String snapshot = row.getString("snapshot");
        long lastDrawn = row.getLong("last_drawn");
        boolean isCut = row.getBoolean("is_cut");
        long highestXid = Math.max(row.getLong("highest_stored"), row.getLong("highest_unpublished"));
        List<LogEvent> events = new ArrayList<>();
        if (row.getObject("seq") != null) {
            do {
                events.add(event(row));
            } while (row.next());
        }
        return new NewEvents(snapshot, lastDrawn, isCut, highestXid, events);
    }

    LogEvent event(ResultSet row) throws SQLException {
        StreamRow event = new StreamRow(
                row.getObject("id", UUID.class),
                new AggregateRef(row.getString("aggregatetype"), row.getString("aggregateid")),
                row.getLong("aggregate_seq"),
                new EventType(row.getString("type"), row.getInt("version")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                headersJson.read(row.getString("headers")),
                EventPayload.of(row.getString("contenttype"), row.getBytes("payload")));
        return new LogEvent(row.getLong("seq"), event);
    }

    private static SqlArrayValue transactions(String snapshot) {
        return new SqlArrayValue("int8", LogPosition.running(snapshot));
    }

    private record NewEvents(String snapshot, long lastDrawn, boolean isCut, long highestXid, List<LogEvent> events) {}
}
