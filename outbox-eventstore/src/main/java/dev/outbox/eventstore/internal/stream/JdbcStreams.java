package dev.outbox.eventstore.internal.stream;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.eventstore.Appended;
import dev.outbox.eventstore.ExpectedVersion;
import dev.outbox.internal.row.EventColumn;
import dev.outbox.internal.stream.EventTable;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * One statement appends to one stream:
 *
 * <ol>
 *   <li>{@code locked} takes the row of the stream in {@code outbox_key}, if its version is the expected one. A new stream is an
 *     insert that does nothing if the row is there; any other is an update that finds no row if the version is another one. Both
 *     wait for a transaction that has the row, and then look at what it has left behind.
 *   <li>The insert draws {@code seq} for each event, under the lock. Without a row in {@code locked}, it inserts nothing and
 *     draws nothing.
 * </ol>
 *
 * <p>The statement is never sent together with a commit, which would commit a conflict.
 *
 * <p>Several streams are locked first. An insert in sorted order takes the rows that exist, without changing them, and adds the
 * others, so that nobody else can: what it has added is deleted again by the next statement, and the others wait until the end of
 * the transaction all the same.
 */
final class JdbcStreams implements Streams {

    private static final String FIRST = """
            insert into outbox_key (aggregatetype, aggregateid, last_seq)
            values (:aggregateType, :aggregateId, :count)
            on conflict (aggregatetype, aggregateid) do nothing
            returning last_seq
            """;

    private static final String NEXT = """
            update outbox_key
            set last_seq = last_seq + :count
            where aggregatetype = :aggregateType and aggregateid = :aggregateId and last_seq = :expected
            returning last_seq
            """;

    private static final String AT_ANY_VERSION = """
            insert into outbox_key as key (aggregatetype, aggregateid, last_seq)
            values (:aggregateType, :aggregateId, :count)
            on conflict (aggregatetype, aggregateid) do update set last_seq = key.last_seq + excluded.last_seq
            returning last_seq
            """;

    private static final String APPEND = """
            with locked as (
            %s
            ), appended as (
                insert into %s (
                    aggregate_seq, id, type, version, aggregatetype, aggregateid, bucket,
                    topic, source, created_at, contenttype, headers, payload)
                select
                    last_seq - :count + ordinal, id, type, version, aggregatetype, aggregateid, bucket,
                    topic, source, created_at, contenttype, cast(headers as jsonb), payload
                from locked cross join unnest(
                    cast(:ids as uuid[]), cast(:types as text[]), cast(:versions as integer[]),
                    cast(:aggregateTypes as text[]), cast(:aggregateIds as text[]), cast(:buckets as smallint[]),
                    cast(:topics as text[]), cast(:sources as text[]), cast(:times as timestamptz[]),
                    cast(:contentTypes as text[]), cast(:headers as text[]), cast(:payloads as bytea[])
                ) with ordinality as event (
                    id, type, version, aggregatetype, aggregateid, bucket,
                    topic, source, created_at, contenttype, headers, payload, ordinal)
                order by ordinal
                returning xid, seq
            )
            select max(last_seq) as version, max(xid) as transaction, max(seq) as last_seq
            from locked cross join appended
            """;

    private static final String LOCK = """
            insert into outbox_key as key (aggregatetype, aggregateid, last_seq)
            select type, id, 1
            from unnest(cast(:types as text[]), cast(:ids as text[])) as stream (type, id)
            order by type, id
            on conflict (aggregatetype, aggregateid) do update set last_seq = key.last_seq where false
            returning aggregatetype, aggregateid
            """;

    private static final String UNLOCK_NOTHING = """
            delete from outbox_key
            where (aggregatetype, aggregateid) in (
                select type, id
                from unnest(cast(:types as text[]), cast(:ids as text[])) as stream (type, id))
            """;

    private static final String VERSIONS = """
            select aggregatetype, aggregateid, last_seq
            from outbox_key
            where (aggregatetype, aggregateid) in (
                select type, id
                from unnest(cast(:types as text[]), cast(:ids as text[])) as stream (type, id))
            """;

    private static final String PLACE = """
            select pg_current_xact_id()::text::bigint as transaction, currval('outbox_event_seq') as last_seq
            """;

    private static final String READ = """
            select %s
            from %s
            where aggregatetype = :aggregateType and aggregateid = :aggregateId and aggregate_seq > :after
            order by aggregate_seq
            """;

    private final StoredAggregates stored;
    private final JdbcClient jdbc;
    private final JdbcStreamRows rows = new JdbcStreamRows();

    JdbcStreams(StoredAggregates stored, DataSource dataSource, OutboxTables tables) {
        this.stored = stored;
        this.jdbc = tables.client(dataSource);
    }

    @Override
    public Optional<Appended> append(AggregateRef stream, ExpectedVersion expected, List<EventEnvelope> events) {
        StatementSpec statement = jdbc.sql(APPEND.formatted(lockOf(expected), table(stream)))
                .param("aggregateType", stream.type())
                .param("aggregateId", stream.id())
                .param("count", events.size())
                .param("expected", expected.isAny() ? 0 : expected.version());
        for (EventColumn column : EventColumn.of(events)) {
            statement = statement.param(column.parameter(), new SqlArrayValue(column.type(), column.values()));
        }
        return statement
                .query((row, rowNumber) -> row.getObject("version") == null
                        ? Optional.<Appended>empty()
                        : Optional.of(new Appended(
                                Map.of(stream, row.getLong("version")),
                                row.getLong("transaction"),
                                row.getLong("last_seq"))))
                .single();
    }

    private static String lockOf(ExpectedVersion expected) {
        if (expected.isAny()) {
            return AT_ANY_VERSION;
        }
        return expected.version() == 0 ? FIRST : NEXT;
    }

    @Override
    public Map<AggregateRef, Long> lock(Collection<AggregateRef> streams) {
        List<AggregateRef> missing =
                of(LOCK, streams).query((row, rowNumber) -> streamOf(row)).list();
        if (!missing.isEmpty()) {
            of(UNLOCK_NOTHING, missing).update();
        }
        return versions(streams);
    }

    @Override
    public Appended appendedTo(Collection<AggregateRef> streams) {
        Map<AggregateRef, Long> versions = versions(streams);
        return jdbc.sql(PLACE)
                .query((row, rowNumber) -> new Appended(versions, row.getLong("transaction"), row.getLong("last_seq")))
                .single();
    }

    @Override
    public long versionOf(AggregateRef stream) {
        return versions(Set.of(stream)).getOrDefault(stream, 0L);
    }

    private Map<AggregateRef, Long> versions(Collection<AggregateRef> streams) {
        Map<AggregateRef, Long> versions = new HashMap<>();
        streams.forEach(stream -> versions.put(stream, 0L));
        of(VERSIONS, streams).query(row -> {
            versions.put(streamOf(row), row.getLong("last_seq"));
        });
        return versions;
    }

    @Override
    public List<StreamRow> read(AggregateRef stream, long after) {
        return jdbc.sql(READ.formatted(JdbcStreamRows.COLUMNS, table(stream)))
                .param("aggregateType", stream.type())
                .param("aggregateId", stream.id())
                .param("after", after)
                .query(rows)
                .list();
    }

    private String table(AggregateRef stream) {
        EventTable table = stored.tableOf(stream.type());
        return table.tableName();
    }

    private StatementSpec of(String sql, Collection<AggregateRef> streams) {
        return jdbc.sql(sql)
                .param("types", texts(streams, AggregateRef::type))
                .param("ids", texts(streams, AggregateRef::id));
    }

    private static SqlArrayValue texts(Collection<AggregateRef> streams, Function<AggregateRef, String> part) {
        return new SqlArrayValue("text", streams.stream().map(part).toArray());
    }

    private static AggregateRef streamOf(ResultSet row) throws SQLException {
        return new AggregateRef(row.getString("aggregatetype"), row.getString("aggregateid"));
    }
}
