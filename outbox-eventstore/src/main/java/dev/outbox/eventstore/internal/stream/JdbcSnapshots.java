package dev.outbox.eventstore.internal.stream;

import dev.outbox.event.AggregateRef;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** Snapshots in PostgreSQL, one for each stream. */
final class JdbcSnapshots implements Snapshots {

    /** Parameters by position, as in {@link #load}. The first row is the snapshot, if there is one: its version is lower than those of the events. */
    private static final String LOAD = """
            with snapshot as (
                select version, state, subjects
                from outbox_snapshot
                where aggregatetype = ? and aggregateid = ? and fingerprint = ?
            )
            select
                true as is_snapshot,
                version as aggregate_seq, null as id, null as type, null as version, null as created_at,
                null as contenttype, null as headers, state as payload, subjects
            from snapshot
            union all
            select false as is_snapshot, %s, null as subjects
            from %s
            where aggregatetype = ? and aggregateid = ?
                and aggregate_seq > coalesce((select version from snapshot), 0)
            order by aggregate_seq
            """;

    private static final String SAVE = """
            insert into outbox_snapshot as kept (aggregatetype, aggregateid, version, fingerprint, state, subjects)
            values (:aggregateType, :aggregateId, :version, :fingerprint, :state, :subjects)
            on conflict (aggregatetype, aggregateid) do update
            set version = excluded.version, fingerprint = excluded.fingerprint, taken_at = excluded.taken_at,
                state = excluded.state, subjects = excluded.subjects
            where kept.fingerprint <> excluded.fingerprint or kept.version < excluded.version
            """;

    private static final String DROP = """
            delete from outbox_snapshot
            where aggregatetype = :aggregateType and aggregateid = :aggregateId
                and fingerprint = :fingerprint and version = :version
            """;

    private static final String DROP_ALL_OF = """
            delete from outbox_snapshot
            where subjects <> '{}' and subjects @> array[cast(:subject as text)]
            """;

    private final StoredAggregates stored;
    private final OutboxTables tables;
    private final JdbcTemplate positioned;
    private final JdbcClient jdbc;

    JdbcSnapshots(StoredAggregates stored, DataSource dataSource, OutboxTables tables) {
        this.stored = stored;
        this.tables = tables;
        this.positioned = new JdbcTemplate(dataSource);
        this.jdbc = tables.client(positioned);
    }

    @Override
    public StreamHistory load(AggregateRef stream, String fingerprint) {
        String table = stored.tableOf(stream.type()).tableName();
        StreamHistory history = positioned.query(
                tables.qualify(LOAD.formatted(JdbcStreamRows.COLUMNS, table)),
                (ResultSetExtractor<StreamHistory>) rows -> history(rows, new JdbcStreamRows(stream)),
                stream.type(),
                stream.id(),
                fingerprint,
                stream.type(),
                stream.id());
        return Objects.requireNonNull(history);
    }

    private static StreamHistory history(ResultSet row, JdbcStreamRows rows) throws SQLException {
        @Nullable SnapshotRow snapshot = null;
        List<StreamRow> events = new ArrayList<>();
        while (row.next()) {
            if (row.getBoolean("is_snapshot")) {
                snapshot = new SnapshotRow(
                        row.getLong("aggregate_seq"), row.getBytes("payload"), new TreeSet<>(List.of((String[])
                                row.getArray("subjects").getArray())));
            } else {
                events.add(rows.mapRow(row, events.size()));
            }
        }
        return new StreamHistory(snapshot, events);
    }

    @Override
    public void save(AggregateRef stream, String fingerprint, SnapshotRow snapshot) {
        jdbc.sql(SAVE)
                .param("aggregateType", stream.type())
                .param("aggregateId", stream.id())
                .param("version", snapshot.version())
                .param("fingerprint", fingerprint)
                .param("state", snapshot.state())
                .param("subjects", new SqlArrayValue("text", snapshot.subjects().toArray()))
                .update();
    }

    @Override
    public boolean drop(AggregateRef stream, String fingerprint, long version) {
        return jdbc.sql(DROP)
                        .param("aggregateType", stream.type())
                        .param("aggregateId", stream.id())
                        .param("fingerprint", fingerprint)
                        .param("version", version)
                        .update()
                > 0;
    }

    @Override
    public void dropAllOf(String subject) {
        jdbc.sql(DROP_ALL_OF).param("subject", subject).update();
    }
}
