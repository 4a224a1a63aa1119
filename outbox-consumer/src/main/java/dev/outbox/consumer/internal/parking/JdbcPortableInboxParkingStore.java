package dev.outbox.consumer.internal.parking;

import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.InboxSelection;
import dev.outbox.consumer.parking.ParkedInboxCause;
import dev.outbox.consumer.parking.ParkedInboxEvent;
import dev.outbox.consumer.parking.ParkedInboxKey;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.UtcColumn;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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

/**
 * The statements on {@code inbox_parked} on MariaDB, MySQL or H2. A key is locked by its rows; a key without rows needs no lock,
 * because nobody is releasing it. The lock is a statement that reads what is committed, and it is the first one of a
 * transaction: a plain read before it would fix the snapshot that handlers see, to a time before another consumer's commit that
 * this one waits for.
 */
final class JdbcPortableInboxParkingStore implements InboxParkingStore {

    /** Without it, the optimizer may read a small table as a whole, and lock all of it. H2 locks what it returns. */
    private static final String BY_KEY = "force index (inbox_parked_key)";

    /** In the order of their keys, so that two transactions with several keys do not wait for each other. */
    private static final String LOCK = """
            select consumer, topic, event_key
            from inbox_parked %s
            where consumer = :consumer and (topic, event_key) in (:keys)
            for update
            """;

    private static final String PARK = """
            insert into inbox_parked (
                consumer, topic, event_key, sequence, source, event_id, type, record_partition, record_offset,
                record_key, headers, payload, cause, reason, attempts, parked_at)
            values (
                :consumer, :topic, :key, :sequence, :source, :eventId, :type, :partition, :offset,
                :recordKey, :headers, :payload, :cause, :reason, :attempts, %s)
            on duplicate key update attempts = attempts
            """;

    /** If another transaction parks the same event at the same time, one of them fails and is repeated. */
    private static final String PARK_IN_H2 = """
            merge into inbox_parked as stored
            using (values (cast(:eventId as varchar))) as asked (event_id)
            on stored.consumer = :consumer and stored.topic = :topic and stored.source = :source
                and stored.event_id = asked.event_id
            when not matched then insert (
                consumer, topic, event_key, sequence, source, event_id, type, record_partition, record_offset,
                record_key, headers, payload, cause, reason, attempts, parked_at)
            values (
                :consumer, :topic, :key, :sequence, :source, :eventId, :type, :partition, :offset,
                :recordKey, :headers, :payload, :cause, :reason, :attempts, %s)
            """;

    private static final String FIRST = """
            select *
            from inbox_parked
            where consumer = :consumer and topic = :topic and event_key = :key
            order by sequence is null, sequence, id
            limit :limit
            """;

    private static final String FIND = """
            select *
            from inbox_parked
            where id = :id
            """;

    private static final String OPEN_KEYS = """
            select consumer, topic, event_key, events, first_parked_at, first_id, cause, reason
            from (
                select
                    consumer, topic, event_key, cause, reason,
                    count(*) over (partition by consumer, topic, event_key) as events,
                    min(parked_at) over (partition by consumer, topic, event_key) as first_parked_at,
                    min(id) over (partition by consumer, topic, event_key) as first_id,
                    row_number() over (
                        partition by consumer, topic, event_key order by sequence is null, sequence, id) as place
                from inbox_parked
                where discarded_at is null
                    and (:consumer is null or consumer = :consumer)
                    and (:key is null or event_key = :key)) as of_key
            where place = 1
            """;

    private static final String KEYS = """
            select consumer, topic, event_key, events, first_parked_at, cause, reason
            from (%s) as open_key
            where (:cause is null or cause = :cause) and (:reason is null or reason = :reason)
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
            select count(*) as events, min(parked_at) as oldest, %s as asked_at
            from inbox_parked
            where consumer = :consumer and discarded_at is null
            """;

    private static final String GAPS = """
            select consumer, topic, event_key
            from (
                select
                    consumer, topic, event_key, cause, discarded_at, parked_at,
                    row_number() over (
                        partition by consumer, topic, event_key order by sequence is null, sequence, id) as place
                from inbox_parked) as of_key
            where place = 1 and cause = 'GAP' and discarded_at is null
                and parked_at <= timestampadd(microsecond, :change, %s)
            order by parked_at
            limit :limit
            """;

    private static final String WAITING = """
            select consumer, topic, event_key
            from (
                select
                    consumer, topic, event_key, cause, discarded_at,
                    row_number() over (partition by topic, event_key order by sequence is null, sequence, id) as place
                from inbox_parked
                where consumer = :consumer and (topic > :topic or (topic = :topic and event_key > :key))) as of_key
            where place = 1 and cause in ('GAP', 'BEHIND') and discarded_at is null
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
            set payload = :payload, edited_at = %s
            where id = :id and discarded_at is null
            """;

    private static final String DISCARD = """
            update inbox_parked
            set discarded_at = %s
            where id = :id and discarded_at is null
            """;

    private static final String DISCARD_KEY = """
            update inbox_parked
            set discarded_at = %s
            where consumer = :consumer and topic = :topic and event_key = :key and discarded_at is null
            """;

    private final OutboxTables tables;
    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final String now;
    private final String lock;
    private final String park;

    JdbcPortableInboxParkingStore(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        this.tables = tables;
        this.jdbc = tables.client(dataSource);
        this.batches = new NamedParameterJdbcTemplate(dataSource);
        this.now = product.now();
        this.lock = LOCK.formatted(product == DatabaseProduct.H2 ? "" : BY_KEY);
        this.park = (product == DatabaseProduct.H2 ? PARK_IN_H2 : PARK).formatted(now);
    }

    @Override
    public Set<InboxKey> lockParked(String consumer, Collection<InboxKey> keys) {
        return new HashSet<>(jdbc.sql(lock)
                .param("consumer", consumer)
                .param(
                        "keys",
                        keys.stream()
                                .map(key -> new Object[] {key.topic(), key.key()})
                                .toList())
                .query((row, rowNumber) -> JdbcParkedRow.key(row))
                .list());
    }

    @Override
    public void lock(InboxKey key) {
        lockParked(key.consumer(), Set.of(key));
    }

    @Override
    public void park(List<InboxParking> records) {
        if (!records.isEmpty()) {
            batches.batchUpdate(
                    tables.qualify(park),
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
                .query(JdbcPortableInboxParkingStore::event)
                .optional();
    }

    @Override
    public List<ParkedInboxEvent> events(InboxKey key, int limit) {
        return jdbc.sql(FIRST)
                .param("consumer", key.consumer())
                .param("topic", key.topic())
                .param("key", key.key())
                .param("limit", limit)
                .query(JdbcPortableInboxParkingStore::event)
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
                        UtcColumn.read(row, "oldest_parked_at")))
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
                        UtcColumn.read(row, "first_parked_at"),
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
        return jdbc.sql(BACKLOG.formatted(now))
                .param("consumer", consumer)
                .query((row, rowNumber) -> new ParkedBacklog(row.getLong("events"), age(row)))
                .single();
    }

    @Override
    public List<InboxKey> gapsOlderThan(Duration age, int limit) {
        return jdbc.sql(GAPS.formatted(now))
                .param("change", -1000 * age.toMillis())
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
        return jdbc.sql(EDIT.formatted(now))
                        .param("id", id)
                        .param("payload", payload)
                        .update()
                == 1;
    }

    @Override
    public void discard(long id) {
        jdbc.sql(DISCARD.formatted(now)).param("id", id).update();
    }

    @Override
    public void discard(InboxKey key) {
        jdbc.sql(DISCARD_KEY.formatted(now))
                .param("consumer", key.consumer())
                .param("topic", key.topic())
                .param("key", key.key())
                .update();
    }

    private static ParkedInboxEvent event(ResultSet row, int rowNumber) throws SQLException {
        return JdbcParkedRow.event(row, row.getInt("record_partition"), UtcColumn::find);
    }

    private static Duration age(ResultSet row) throws SQLException {
        Instant oldest = UtcColumn.find(row, "oldest");
        return oldest == null ? Duration.ZERO : Duration.between(oldest, UtcColumn.read(row, "asked_at"));
    }
}
