package dev.outbox.eventstore.internal.stream;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.eventstore.Appended;
import dev.outbox.eventstore.ExpectedVersion;
import dev.outbox.internal.row.EventColumn;
import dev.outbox.internal.stream.EventTable;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.schema.HeadersJson;
import dev.outbox.schema.OutboxTables;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
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
 * <p>If it is sent together with a commit, it fails if it has inserted nothing, because the commit would follow otherwise: what
 * else the transaction has done would be there without its events.
 *
 * <p>Several streams are locked first. An insert in sorted order takes the rows that exist, without changing them, and adds the
 * others, so that nobody else can: what it has added is deleted again by the next statement, and the others wait until the end of
 * the transaction all the same.
 */
final class JdbcStreams implements Streams {

    private static final String FIRST = """
            insert into outbox_key (aggregatetype, aggregateid, last_seq)
            values (?, ?, ?)
            on conflict (aggregatetype, aggregateid) do nothing
            returning aggregatetype, aggregateid, last_seq
            """;

    private static final String NEXT = """
            update outbox_key
            set last_seq = last_seq + ?
            where aggregatetype = ? and aggregateid = ? and last_seq = ?
            returning aggregatetype, aggregateid, last_seq
            """;

    private static final String AT_ANY_VERSION = """
            insert into outbox_key as key (aggregatetype, aggregateid, last_seq)
            values (?, ?, ?)
            on conflict (aggregatetype, aggregateid) do update set last_seq = key.last_seq + excluded.last_seq
            returning aggregatetype, aggregateid, last_seq
            """;

    /** Parameters by position, as in {@link #bindOne}: binding by name would take as long as the database itself. */
    private static final String APPEND_ONE = """
            with locked as (
            %s
            ), appended as (
                insert into %s (
                    aggregatetype, aggregateid, aggregate_seq, id, type, version, bucket,
                    topic, source, created_at, contenttype, headers, payload)
                select
                    aggregatetype, aggregateid, last_seq, ?, ?, ?, ?,
                    ?, ?, cast(? as timestamptz), ?, cast(? as jsonb), ?
                from locked
                returning aggregate_seq, xid, seq
            )
            """;

    /** For several events, as in {@link #bindAll}: the text, and therefore the plan, is the same for any number. */
    private static final String APPEND_ALL = """
            with locked as (
            %s
            ), appended as (
                insert into %s (
                    aggregate_seq, id, type, version, aggregatetype, aggregateid, bucket,
                    topic, source, created_at, contenttype, headers, payload)
                select
                    last_seq - ? + ordinal, event.id, event.type, event.version, aggregatetype, aggregateid, event.bucket,
                    event.topic, event.source, event.created_at, event.contenttype, cast(event.headers as jsonb), event.payload
                from locked cross join unnest(
                    cast(? as uuid[]), cast(? as text[]), cast(? as integer[]),
                    cast(? as text[]), cast(? as text[]), cast(? as smallint[]),
                    cast(? as text[]), cast(? as text[]), cast(? as timestamptz[]),
                    cast(? as text[]), cast(? as text[]), cast(? as bytea[])
                ) with ordinality as event (
                    id, type, version, type_again, id_again, bucket,
                    topic, source, created_at, contenttype, headers, payload, ordinal)
                order by ordinal
                returning aggregate_seq, xid, seq
            )
            """;

    private static final String APPENDED = """
            select max(aggregate_seq) as version, max(xid) as transaction, max(seq) as last_seq
            from appended
            having count(*) > 0
            """;

    /** The division fails if nothing was appended, so that the commit is skipped. */
    private static final String APPENDED_AND_COMMITTED = """
            select max(aggregate_seq) as version, max(xid) as transaction, max(seq) as last_seq, 1 / count(*) as appended
            from appended;
            commit""";

    private static final String DIVISION_BY_ZERO = "22012";

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
            where aggregatetype = ? and aggregateid = ? and aggregate_seq > ?
            order by aggregate_seq
            """;

    private final StoredAggregates stored;
    private final OutboxTables tables;
    private final JdbcTemplate positioned;
    private final JdbcClient jdbc;
    private final HeadersJson headersJson = new HeadersJson();

    JdbcStreams(StoredAggregates stored, DataSource dataSource, OutboxTables tables) {
        this.stored = stored;
        this.tables = tables;
        this.positioned = new JdbcTemplate(dataSource);
        this.jdbc = tables.client(positioned);
    }

    @Override
    public Optional<Appended> append(AggregateRef stream, ExpectedVersion expected, List<EventEnvelope> events) {
        return append(stream, expected, events, APPENDED);
    }

    @Override
    public Appended appendAndCommit(AggregateRef stream, ExpectedVersion expected, List<EventEnvelope> events) {
        try {
            return append(stream, expected, events, APPENDED_AND_COMMITTED).orElseThrow();
        } catch (DataIntegrityViolationException refused) {
            if (refused.getMostSpecificCause() instanceof SQLException failure
                    && DIVISION_BY_ZERO.equals(failure.getSQLState())) {
                throw new VersionTakenException(stream, expected, failure);
            }
            throw refused;
        }
    }

    private Optional<Appended> append(
            AggregateRef stream, ExpectedVersion expected, List<EventEnvelope> events, String end) {
        String append = (events.size() == 1 ? APPEND_ONE : APPEND_ALL).formatted(lockOf(expected), table(stream));
        return Objects.requireNonNull(positioned.execute(
                tables.qualify(append + end), (PreparedStatement statement) -> {
                    int next = bindLock(statement, stream, expected, events.size());
                    if (events.size() == 1) {
                        bindOne(statement, next, events.get(0));
                    } else {
                        bindAll(statement, next, events);
                    }
                    // One row needs no cursor, which would be gone with the commit.
                    statement.setFetchSize(0);
                    statement.execute();
                    return appended(stream, statement.getResultSet());
                }));
    }

    private static Optional<Appended> appended(AggregateRef stream, ResultSet row) throws SQLException {
        return row.next()
                ? Optional.of(new Appended(
                        Map.of(stream, row.getLong("version")), row.getLong("transaction"), row.getLong("last_seq")))
                : Optional.empty();
    }

    private static String lockOf(ExpectedVersion expected) {
        if (expected.isAny()) {
            return AT_ANY_VERSION;
        }
        return expected.version() == 0 ? FIRST : NEXT;
    }

    /** {@return the position of the next parameter} */
    private static int bindLock(PreparedStatement statement, AggregateRef stream, ExpectedVersion expected, int count)
            throws SQLException {
        if (expected.isAny() || expected.version() == 0) {
            statement.setString(1, stream.type());
            statement.setString(2, stream.id());
            statement.setInt(3, count);
            return 4;
        }
        statement.setInt(1, count);
        statement.setString(2, stream.type());
        statement.setString(3, stream.id());
        statement.setLong(4, expected.version());
        return 5;
    }

    private void bindOne(PreparedStatement statement, int first, EventEnvelope event) throws SQLException {
        int next = first;
        statement.setObject(next++, event.id());
        statement.setString(next++, event.type().name());
        statement.setInt(next++, event.type().version());
        statement.setInt(next++, event.aggregate().bucket());
        statement.setString(next++, event.topic());
        statement.setString(next++, event.source());
        statement.setString(next++, event.time().toString());
        statement.setString(next++, event.payload().contentType());
        statement.setString(next++, headersJson.write(event.headers()));
        statement.setBytes(next, event.payload().bytes());
    }

    private static void bindAll(PreparedStatement statement, int first, List<EventEnvelope> events)
            throws SQLException {
        int next = first;
        statement.setInt(next++, events.size());
        for (EventColumn column : EventColumn.of(events)) {
            statement.setArray(next++, statement.getConnection().createArrayOf(column.type(), column.values()));
        }
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
        return positioned.query(
                tables.qualify(READ.formatted(JdbcStreamRows.COLUMNS, table(stream))),
                new JdbcStreamRows(stream),
                stream.type(),
                stream.id(),
                after);
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
