package dev.outbox.benchmark.handwritten;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** The smallest outbox table that does: what is published is deleted. */
final class OutboxTable {

    private static final String CREATE = """
            create table if not exists outbox (
                id         bigint generated always as identity (cache 1) primary key,
                event_id   uuid         not null,
                key        varchar(255) not null,
                type       varchar(255) not null,
                created_at timestamptz  not null default now(),
                payload    bytea        not null
            )
            """;

    private static final String INSERT =
            "insert into outbox (event_id, key, type, payload) values (:eventId, :key, :type, :payload)";

    private static final String SELECT =
            "select id, event_id, key, type, created_at, payload from outbox where id > :after order by id limit :rows";

    /** By id, not by range: a row that commits late lies within the range and has not been sent. */
    private static final String DELETE = "delete from outbox where id = any (:ids)";

    private final JdbcClient jdbc;

    OutboxTable(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        jdbc.sql(CREATE).update();
    }

    void insert(BenchmarkEvent event) {
        jdbc.sql(INSERT)
                .param("eventId", BenchmarkEvent.newId())
                .param("key", event.key())
                .param("type", "AccountChanged")
                .param("payload", event.json().getBytes(StandardCharsets.UTF_8))
                .update();
    }

    List<Row> read(long after, int rows) {
        return jdbc.sql(SELECT)
                .param("after", after)
                .param("rows", rows)
                .query((row, number) -> new Row(
                        row.getLong("id"),
                        row.getString("event_id"),
                        row.getString("key"),
                        row.getString("type"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getBytes("payload")))
                .list();
    }

    void delete(List<Row> rows) {
        jdbc.sql(DELETE)
                .param(
                        "ids",
                        new SqlArrayValue("int8", rows.stream().map(Row::id).toArray()))
                .update();
    }

    void clear() {
        jdbc.sql("truncate outbox").update();
    }
}
