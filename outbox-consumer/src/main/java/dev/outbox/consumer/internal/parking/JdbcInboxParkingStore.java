package dev.outbox.consumer.internal.parking;

import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.InboxSelection;
import dev.outbox.consumer.parking.ParkedInboxCause;
import dev.outbox.consumer.parking.ParkedInboxEvent;
import dev.outbox.consumer.parking.ParkedInboxKey;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SqlArrayValue;

/** The statements on {@code inbox_parked}. */
final class JdbcInboxParkingStore implements InboxParkingStore {

    /** Usually nothing is parked, and then the keys need not be sent. */
    private static final String ANY = """
            select exists (select from inbox_parked where consumer = :consumer)
            """;

    private static final String PARKED = """
            select distinct topic, event_key
            from inbox_parked
                join unnest(cast(:topics as text[]), cast(:keys as text[])) as asked (topic, event_key)
                    using (topic, event_key)
            where consumer = :consumer
            """;

    /** Always in the same order, so that two transactions with several keys do not wait for each other. */
    private static final String LOCK = """
            select count(pg_advisory_xact_lock(number))
            from (
                select distinct hashtextextended(concat_ws(chr(31), 'inbox', :consumer, topic, event_key), 0) as number
                from unnest(cast(:topics as text[]), cast(:keys as text[])) as asked (topic, event_key)
                order by number
            ) as numbers
            """;

    private static final String PARK = """
            insert into inbox_parked (
                consumer, topic, event_key, sequence, source, event_id, type, partition, record_offset,
                record_key, headers, payload, cause, reason, attempts)
            values (
                :consumer, :topic, :key, :sequence, :source, :eventId, :type, :partition, :offset,
                :recordKey, cast(:headers as jsonb), :payload, :cause, :reason, :attempts)
            on conflict (consumer, topic, source, event_id) do nothing
            """;

    private static final String FIRST = """
            select *
            from inbox_parked
            where consumer = :consumer and topic = :topic and event_key = :key
            order by sequence, id
            limit :limit
            """;

    private static final String FIND = """
            select *
            from inbox_parked
            where id = :id
            """;

    private static final String OPEN_KEYS = """
            select
                consumer,
                topic,
                event_key,
                count(*) as events,
                min(parked_at) as first_parked_at,
                min(id) as first_id,
                (array_agg(cause order by sequence, id))[1] as cause,
                (array_agg(reason order by sequence, id))[1] as reason
            from inbox_parked
            where discarded_at is null
                and (cast(:consumer as text) is null or consumer = :consumer)
                and (cast(:key as text) is null or event_key = :key)
            group by consumer, topic, event_key
            """;

    private static final String KEYS = """
            select consumer, topic, event_key, events, first_parked_at, cause, reason
            from (%s) as open_key
            where (cast(:cause as text) is null or cause = :cause)
                and (cast(:reason as text) is null or reason = :reason)
            order by first_parked_at, first_id
            limit :limit
            """.formatted(OPEN_KEYS);

    private static final String CAUSES = """
            select
                consumer,
                cause,
                reason,
                count(*) as open_keys,
                sum(events) as events,
                min(first_parked_at) as oldest_parked_at
            from (%s) as open_key
            group by consumer, cause, reason
            order by oldest_parked_at
            limit :limit
            """.formatted(OPEN_KEYS);

    private static final String COUNT = """
            select count(*)
            from inbox_parked
            where consumer = :consumer and topic = :topic and event_key = :key and discarded_at is null
            """;

    private static final String BACKLOG = """
            select
                count(*) as events,
                coalesce(1000 * extract(epoch from clock_timestamp() - min(parked_at)), 0) as age
            from inbox_parked
            where consumer = :consumer and discarded_at is null
            """;

    private static final String GAPS = """
            select consumer, topic, event_key
            from (
                select distinct on (consumer, topic, event_key) consumer, topic, event_key, cause, discarded_at, parked_at
                from inbox_parked
                order by consumer, topic, event_key, sequence, id
            ) as first_of_key
            where cause = 'GAP' and discarded_at is null and parked_at <= clock_timestamp() - make_interval(secs => :seconds)
            order by parked_at
            limit :limit
            """;

    private static final String WAITING = """
            select consumer, topic, event_key
            from (
                select distinct on (topic, event_key) consumer, topic, event_key, cause, discarded_at
                from inbox_parked
                where consumer = :consumer and (topic, event_key) > (:topic, :key)
                order by topic, event_key, sequence, id
            ) as first_of_key
            where cause in ('GAP', 'BEHIND') and discarded_at is null
            order by topic, event_key
            limit :limit
            """;

    private static final String REMOVE = """
            delete from inbox_parked
            where id = :id
            """;

    private static final String REFUSE = """
            update inbox_parked
            set cause = :cause, reason = :reason
            where id = :id
            """;

    private static final String TRIED = """
            update inbox_parked
            set cause = :cause, reason = :reason, attempts = :attempts
            where id = :id
            """;

    private static final String EDIT = """
            update inbox_parked
            set payload = :payload, edited_at = clock_timestamp()
            where id = :id and discarded_at is null
            """;

    private static final String DISCARD = """
            update inbox_parked
            set discarded_at = clock_timestamp()
            where id = :id and discarded_at is null
            """;

    private static final String DISCARD_KEY = """
            update inbox_parked
            set discarded_at = clock_timestamp()
            where consumer = :consumer and topic = :topic and event_key = :key and discarded_at is null
            """;

    private final OutboxTables tables;
    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    JdbcInboxParkingStore(DataSource dataSource, OutboxTables tables) {
        this.tables = tables;
        this.jdbc = tables.client(dataSource);
        this.batches = new NamedParameterJdbcTemplate(dataSource);
    }

    @Override
    public Set<InboxKey> lockParked(String consumer, Collection<InboxKey> keys) {
        if (!jdbc.sql(ANY).param("consumer", consumer).query(Boolean.class).single()) {
            return Set.of();
        }
        Set<InboxKey> parked = parked(consumer, keys);
        if (parked.isEmpty()) {
            return parked;
        }
        asking(LOCK, consumer, parked).query(Long.class).single();
        return parked(consumer, parked);
    }

    @Override
    public void lock(InboxKey key) {
        asking(LOCK, key.consumer(), Set.of(key)).query(Long.class).single();
    }

    @Override
    public void park(List<InboxParking> records) {
        if (!records.isEmpty()) {
            batches.batchUpdate(
                    tables.qualify(PARK),
                    records.stream().map(JdbcParkedRow::parameters).toArray(MapSqlParameterSource[]::new));
        }
    }

    @Override
    public Optional<ParkedInboxEvent> first(InboxKey key) {
        return events(key, 1).stream().findFirst();
    }

    @Override
    public Optional<ParkedInboxEvent> find(long id) {
        return jdbc.sql(FIND)
                .param("id", id)
                .query(JdbcInboxParkingStore::event)
                .optional();
    }

    @Override
    public List<ParkedInboxEvent> events(InboxKey key, int limit) {
        return jdbc.sql(FIRST)
                .param("consumer", key.consumer())
                .param("topic", key.topic())
                .param("key", key.key())
                .param("limit", limit)
                .query(JdbcInboxParkingStore::event)
                .list();
    }

    @Override
    public List<ParkedInboxCause> causes(int limit) {
        return jdbc.sql(CAUSES)
                .param("consumer", null)
                .param("key", null)
                .param("limit", limit)
                .query((row, rowNumber) -> new ParkedInboxCause(
                        row.getString("consumer"),
                        ParkingCause.valueOf(row.getString("cause")),
                        row.getString("reason"),
                        row.getLong("open_keys"),
                        row.getLong("events"),
                        row.getObject("oldest_parked_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    @Override
    public List<ParkedInboxKey> keys(InboxSelection selection, int limit) {
        return jdbc.sql(KEYS)
                .param("consumer", selection.consumer())
                .param("key", selection.key())
                .param(
                        "cause",
                        selection.cause() == null ? null : selection.cause().name())
                .param("reason", selection.reason())
                .param("limit", limit)
                .query((row, rowNumber) -> new ParkedInboxKey(
                        JdbcParkedRow.key(row),
                        row.getLong("events"),
                        row.getObject("first_parked_at", OffsetDateTime.class).toInstant(),
                        ParkingCause.valueOf(row.getString("cause")),
                        row.getString("reason")))
                .list();
    }

    @Override
    public long count(InboxKey key) {
        return jdbc.sql(COUNT)
                .param("consumer", key.consumer())
                .param("topic", key.topic())
                .param("key", key.key())
                .query(Long.class)
                .single();
    }

    @Override
    public ParkedBacklog backlog(String consumer) {
        return jdbc.sql(BACKLOG)
                .param("consumer", consumer)
                .query((row, rowNumber) ->
                        new ParkedBacklog(row.getLong("events"), Duration.ofMillis(row.getLong("age"))))
                .single();
    }

    @Override
    public List<InboxKey> gapsOlderThan(Duration age, int limit) {
        return jdbc.sql(GAPS)
                .param("seconds", age.toMillis() / 1000.0)
                .param("limit", limit)
                .query((row, rowNumber) -> JdbcParkedRow.key(row))
                .list();
    }

    @Override
    public List<InboxKey> waiting(String consumer, @Nullable InboxKey after, int limit) {
        return jdbc.sql(WAITING)
                .param("consumer", consumer)
                .param("topic", after == null ? "" : after.topic())
                .param("key", after == null ? "" : after.key())
                .param("limit", limit)
                .query((row, rowNumber) -> JdbcParkedRow.key(row))
                .list();
    }

    @Override
    public void remove(long id) {
        jdbc.sql(REMOVE).param("id", id).update();
    }

    @Override
    public void refuse(long id, ParkingCause cause, @Nullable String reason) {
        jdbc.sql(REFUSE)
                .param("id", id)
                .param("cause", cause.name())
                .param("reason", JdbcParkedRow.storable(reason))
                .update();
    }

    @Override
    public void tried(long id, ParkingCause cause, String reason, int attempts) {
        jdbc.sql(TRIED)
                .param("id", id)
                .param("cause", cause.name())
                .param("reason", JdbcParkedRow.storable(reason))
                .param("attempts", attempts)
                .update();
    }

    @Override
    public boolean edit(long id, byte[] payload) {
        return jdbc.sql(EDIT).param("id", id).param("payload", payload).update() == 1;
    }

    @Override
    public void discard(long id) {
        jdbc.sql(DISCARD).param("id", id).update();
    }

    @Override
    public void discard(InboxKey key) {
        jdbc.sql(DISCARD_KEY)
                .param("consumer", key.consumer())
                .param("topic", key.topic())
                .param("key", key.key())
                .update();
    }

    private Set<InboxKey> parked(String consumer, Collection<InboxKey> keys) {
        return new HashSet<>(asking(PARKED, consumer, keys)
                .query((row, rowNumber) -> new InboxKey(consumer, row.getString("topic"), row.getString("event_key")))
                .list());
    }

    /** The driver sends an array of strings in binary; an array of objects would be text, which the server has to parse. */
    private StatementSpec asking(String sql, String consumer, Collection<InboxKey> keys) {
        return jdbc.sql(sql)
                .param("consumer", consumer)
                .param("topics", new SqlArrayValue("text", (Object[])
                        keys.stream().map(InboxKey::topic).toArray(String[]::new)))
                .param("keys", new SqlArrayValue("text", (Object[])
                        keys.stream().map(InboxKey::key).toArray(String[]::new)));
    }

    private static ParkedInboxEvent event(ResultSet row, int rowNumber) throws SQLException {
        return JdbcParkedRow.event(row, row.getInt("partition"), JdbcInboxParkingStore::time);
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
