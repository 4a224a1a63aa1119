package dev.outbox.producer.internal.write;

import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.row.EventColumn;
import dev.outbox.internal.stream.EventTable;
import dev.outbox.schema.HeadersJson;
import dev.outbox.schema.OutboxTables;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * One statement writes those events of a transaction that the outbox counts. In this statement:
 *
 * <ol>
 *   <li>{@code locked} adds the number of events to the row of each aggregate. Rows are locked in sorted order, so two
 *     transactions cannot wait for each other. They stay locked until commit, so the next writer of that aggregate waits here.
 *   <li>The insert draws {@code seq} only for a row that has passed through {@code locked}, and therefore under the lock.
 * </ol>
 *
 * <p>The statement has two forms. Most transactions raise one event, and for one event the plain form costs half as much. For
 * several events, arrays keep the text, and therefore the plan, the same for any number; {@code raised} holds the events in the
 * order in which they were raised.
 *
 * <p>Aggregates that count their own events are already locked: another statement inserts their events as they are.
 *
 * <p>A writer that commits sends each statement followed by a {@code commit}. The driver sends both before it waits for the
 * server, which commits only if the insert succeeds; the later {@code Connection.commit()} finds no transaction and sends
 * nothing to the server.
 */
final class JdbcOutboxWriter implements OutboxWriter {

    /** Parameters by position, as in {@link #bind}: binding by name would take as long as the database itself. */
    private static final String APPEND_ONE = """
            with locked as (
                insert into outbox_key as key (aggregatetype, aggregateid, last_seq)
                values (?, ?, 1)
                on conflict (aggregatetype, aggregateid) do update set last_seq = key.last_seq + 1
                returning aggregatetype, aggregateid, last_seq
            )
            insert into outbox_event (
                aggregatetype, aggregateid, aggregate_seq, id, type, version, bucket,
                topic, source, created_at, contenttype, headers, payload)
            select
                aggregatetype, aggregateid, last_seq, ?, ?, ?, ?,
                ?, ?, cast(? as timestamptz), ?, cast(? as jsonb), ?
            from locked
            """;

    private static final String APPEND_ALL = """
            with raised as (
                select *
                from unnest(
                    cast(:ids as uuid[]), cast(:types as text[]), cast(:versions as integer[]),
                    cast(:aggregateTypes as text[]), cast(:aggregateIds as text[]), cast(:buckets as smallint[]),
                    cast(:topics as text[]), cast(:sources as text[]), cast(:times as timestamptz[]),
                    cast(:contentTypes as text[]), cast(:headers as text[]), cast(:payloads as bytea[])
                ) with ordinality as event (
                    id, type, version, aggregatetype, aggregateid, bucket,
                    topic, source, created_at, contenttype, headers, payload, ordinal)
            ), locked as (
                insert into outbox_key as key (aggregatetype, aggregateid, last_seq)
                select aggregatetype, aggregateid, count(*)
                from raised
                group by aggregatetype, aggregateid
                order by aggregatetype, aggregateid
                on conflict (aggregatetype, aggregateid) do update set last_seq = key.last_seq + excluded.last_seq
                returning aggregatetype, aggregateid, last_seq
            )
            insert into outbox_event (
                aggregate_seq, id, type, version, aggregatetype, aggregateid, bucket,
                topic, source, created_at, contenttype, headers, payload)
            select
                locked.last_seq - count(*) over (partition by aggregatetype, aggregateid)
                    + row_number() over (partition by aggregatetype, aggregateid order by ordinal),
                id, type, version, aggregatetype, aggregateid, bucket,
                topic, source, created_at, contenttype, cast(headers as jsonb), payload
            from raised join locked using (aggregatetype, aggregateid)
            order by ordinal
            """;

    /** Parameters as in {@link #APPEND_ONE}, followed by the count. */
    private static final String APPEND_ONE_COUNTED = """
            insert into outbox_event (
                aggregatetype, aggregateid, id, type, version, bucket,
                topic, source, created_at, contenttype, headers, payload, aggregate_seq)
            values (
                ?, ?, ?, ?, ?, ?,
                ?, ?, cast(? as timestamptz), ?, cast(? as jsonb), ?, ?)
            """;

    private static final String APPEND_ALL_COUNTED = """
            insert into outbox_event (
                aggregate_seq, id, type, version, aggregatetype, aggregateid, bucket,
                topic, source, created_at, contenttype, headers, payload)
            select
                aggregate_seq, id, type, version, aggregatetype, aggregateid, bucket,
                topic, source, created_at, contenttype, cast(headers as jsonb), payload
            from unnest(
                cast(:counts as bigint[]),
                cast(:ids as uuid[]), cast(:types as text[]), cast(:versions as integer[]),
                cast(:aggregateTypes as text[]), cast(:aggregateIds as text[]), cast(:buckets as smallint[]),
                cast(:topics as text[]), cast(:sources as text[]), cast(:times as timestamptz[]),
                cast(:contentTypes as text[]), cast(:headers as text[]), cast(:payloads as bytea[])
            ) with ordinality as event (
                aggregate_seq,
                id, type, version, aggregatetype, aggregateid, bucket,
                topic, source, created_at, contenttype, headers, payload, ordinal)
            order by ordinal
            """;

    private final JdbcTemplate jdbc;
    private final JdbcClient named;
    private final OutboxTables tables;
    private final EventTable table;
    private final String appendOne;
    private final String appendAll;
    private final String appendOneCounted;
    private final String appendAllCounted;
    private final HeadersJson headersJson = new HeadersJson();

    JdbcOutboxWriter(DataSource dataSource, OutboxTables tables, EventTable table) {
        this(speakingFirstOfTheCause(new JdbcTemplate(dataSource)), tables, table, "");
    }

    private JdbcOutboxWriter(JdbcTemplate jdbc, OutboxTables tables, EventTable table, String end) {
        this.jdbc = jdbc;
        this.named = tables.client(jdbc);
        this.tables = tables;
        this.table = table;
        this.appendOne = into(table, APPEND_ONE) + end;
        this.appendAll = into(table, APPEND_ALL) + end;
        this.appendOneCounted = into(table, APPEND_ONE_COUNTED) + end;
        this.appendAllCounted = into(table, APPEND_ALL_COUNTED) + end;
    }

    /** The columns are the same, and so is the sequence: only the default of the slot differs. */
    private static String into(EventTable table, String sql) {
        return sql.replace("insert into outbox_event (", "insert into %s (".formatted(table.tableName()));
    }

    @Override
    public OutboxWriter committing() {
        return new JdbcOutboxWriter(jdbc, tables, table, "; commit");
    }

    @Override
    public void append(List<EventEnvelope> events) {
        if (events.size() == 1) {
            jdbc.update(tables.qualify(appendOne), statement -> bind(statement, events.get(0)));
        } else {
            bindAll(named.sql(appendAll), events).update();
        }
    }

    @Override
    public void appendCounted(List<CountedEvent> events) {
        if (events.size() == 1) {
            CountedEvent counted = events.get(0);
            jdbc.update(tables.qualify(appendOneCounted), statement -> {
                bind(statement, counted.event());
                statement.setLong(13, counted.aggregateSeq());
            });
        } else {
            Object[] counts = events.stream().map(CountedEvent::aggregateSeq).toArray();
            bindAll(
                            named.sql(appendAllCounted),
                            events.stream().map(CountedEvent::event).toList())
                    .param("counts", new SqlArrayValue("int8", counts))
                    .update();
        }
    }

    /** A statement of fifty lines would hide the message of the server. */
    static JdbcTemplate speakingFirstOfTheCause(JdbcTemplate jdbc) {
        SQLExceptionTranslator translator = jdbc.getExceptionTranslator();
        jdbc.setExceptionTranslator((task, sql, failed) -> translator.translate(
                "Events could not be written to the outbox: "
                        + String.valueOf(failed.getMessage())
                                .lines()
                                .findFirst()
                                .orElse(""),
                "insert into outbox_event",
                failed));
        return jdbc;
    }

    private void bind(PreparedStatement statement, EventEnvelope event) throws SQLException {
        statement.setString(1, event.aggregate().type());
        statement.setString(2, event.aggregate().id());
        statement.setObject(3, event.id());
        statement.setString(4, event.type().name());
        statement.setInt(5, event.type().version());
        statement.setInt(6, event.aggregate().bucket());
        statement.setString(7, event.topic());
        statement.setString(8, event.source());
        statement.setString(9, event.time().toString());
        statement.setString(10, event.payload().contentType());
        statement.setString(11, headersJson.write(event.headers()));
        statement.setBytes(12, event.payload().bytes());
    }

    @SuppressWarnings("NullAway") // an array of the database has nulls; Spring declares none
    private static StatementSpec bindAll(StatementSpec statement, List<EventEnvelope> events) {
        StatementSpec bound = statement;
        for (EventColumn column : EventColumn.of(events)) {
            bound = bound.param(column.parameter(), new SqlArrayValue(column.type(), column.values()));
        }
        return bound;
    }
}
