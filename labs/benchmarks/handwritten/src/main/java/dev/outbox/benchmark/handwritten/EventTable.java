package dev.outbox.benchmark.handwritten;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table of events with what ours has, but for what only a relay needs: unique by stream and version, and numbered in the order
 * of the inserts. The snapshots are in a table beside it.
 */
final class EventTable {

    private static final String CREATE = """
            create table if not exists event (
                seq         bigint generated always as identity primary key,
                stream_type varchar(255) not null,
                stream      varchar(255) not null,
                version     bigint       not null,
                event_id    uuid         not null,
                type        varchar(255) not null,
                type_version integer     not null,
                source      varchar(255) not null,
                created_at  timestamptz  not null,
                contenttype varchar(255) not null,
                headers     jsonb,
                payload     bytea        not null,
                unique (stream_type, stream, version)
            )
            """;

    private static final String ADD_XID =
            "alter table event add column if not exists xid xid8 not null default pg_current_xact_id()";

    private static final String INDEX_XID = "create index if not exists event_xid on event (xid, seq)";

    private static final String CREATE_SNAPSHOT = """
            create table if not exists snapshot (
                stream_type varchar(255) not null,
                stream      varchar(255) not null,
                version     bigint       not null,
                state       bytea        not null,
                primary key (stream_type, stream)
            )
            """;

    private static final String READ = """
            select version, payload
            from event
            where stream_type = :type and stream = :stream
            order by version
            """;

    private static final String READ_FROM_SNAPSHOT = """
            with snapshot as (select version, state from snapshot where stream_type = :type and stream = :stream)
            select version, true as is_snapshot, state as payload
            from snapshot
            union all
            select version, false, payload
            from event
            where stream_type = :type and stream = :stream and version > coalesce((select version from snapshot), 0)
            order by version
            """;

    private static final String INSERT = """
            insert into event (
                stream_type, stream, version, event_id, type, type_version, source, created_at, contenttype, headers, payload)
            values (
                :streamType, :stream, :version, :id, 'Deposited', 1, 'handwritten', :now, 'application/json',
                null, :payload)
            """;

    private static final String SAVE_SNAPSHOT = """
            insert into snapshot as kept (stream_type, stream, version, state)
            values (:type, :stream, :version, :state)
            on conflict (stream_type, stream) do update
            set version = excluded.version, state = excluded.state
            where kept.version < excluded.version
            """;

    private static final String COPY_STREAMS = """
            insert into event (
                stream_type, stream, version, event_id, type, type_version, source, created_at, contenttype, headers, payload)
            select
                stream_type, 'history-' || number, version, gen_random_uuid(), type, type_version, source, created_at,
                contenttype, headers, payload
            from event cross join generate_series(cast(:first as bigint), cast(:last as bigint)) as number
            where stream = 'history-1'
            order by number, version
            """;

    private static final String PAGE = "select seq, payload from event where seq > :seq order by seq limit :rows";

    private static final String PAGE_BELOW_XMIN = """
            select cast(xid as text) as xid, seq, payload
            from event
            where (xid, seq) > (cast(:xid as xid8), :seq) and xid < pg_snapshot_xmin(pg_current_snapshot())
            order by xid, seq
            limit :rows
            """;

    private final JdbcClient jdbc;

    EventTable(DataSource dataSource, boolean withXid) {
        this.jdbc = JdbcClient.create(dataSource);
        jdbc.sql(CREATE).update();
        jdbc.sql(CREATE_SNAPSHOT).update();
        if (withXid) {
            jdbc.sql(ADD_XID).update();
            jdbc.sql(INDEX_XID).update();
        }
    }

    List<Stored> read(String stream) {
        return jdbc.sql(READ)
                .param("type", "Account")
                .param("stream", stream)
                .query((row, number) -> new Stored(row.getLong("version"), false, row.getBytes("payload")))
                .list();
    }

    List<Stored> readFromSnapshot(String stream) {
        return jdbc.sql(READ_FROM_SNAPSHOT)
                .param("type", "KeptAccount")
                .param("stream", stream)
                .query((row, number) ->
                        new Stored(row.getLong("version"), row.getBoolean("is_snapshot"), row.getBytes("payload")))
                .list();
    }

    void insert(String type, String stream, long version, byte[] payload) {
        jdbc.sql(INSERT)
                .param("streamType", type)
                .param("stream", stream)
                .param("version", version)
                .param("id", BenchmarkEvent.newId())
                .param("now", OffsetDateTime.now(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("payload", payload)
                .update();
    }

    void saveSnapshot(String stream, long version, byte[] state) {
        jdbc.sql(SAVE_SNAPSHOT)
                .param("type", "KeptAccount")
                .param("stream", stream)
                .param("version", version)
                .param("state", state)
                .update();
    }

    void clear() {
        jdbc.sql("truncate event, snapshot restart identity").update();
    }

    void copyStreams(long first, long last) {
        jdbc.sql(COPY_STREAMS).param("first", first).param("last", last).update();
    }

    List<Read> page(Place after, int rows) {
        return jdbc.sql(PAGE)
                .param("seq", after.seq())
                .param("rows", rows)
                .query((row, number) -> new Read(new Place("0", row.getLong("seq")), row.getBytes("payload")))
                .list();
    }

    List<Read> pageBelowXmin(Place after, int rows) {
        return jdbc.sql(PAGE_BELOW_XMIN)
                .param("xid", after.xid())
                .param("seq", after.seq())
                .param("rows", rows)
                .query((row, number) ->
                        new Read(new Place(row.getString("xid"), row.getLong("seq")), row.getBytes("payload")))
                .list();
    }

    /** A row of a stream. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares rows
    record Stored(long version, boolean isSnapshot, byte[] payload) {}

    /** How far a loop has come. */
    record Place(String xid, long seq) {}

    /** An event that a loop has read. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares rows
    record Read(Place place, byte[] payload) {}
}
