package dev.outbox.relay.parking;

import dev.outbox.event.AggregateRef;
import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.relay.internal.log.OutboxRowMapper;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The statements on {@code outbox_parked} with which people list parked events and decide about them. */
final class JdbcParkedEvents implements ParkedEvents {

    private static final String KEYS = """
            select
                aggregatetype,
                aggregateid,
                count(*) as events,
                min(parked_at) as parked_at,
                coalesce((array_agg(reason order by seq) filter (where reason is not null))[1], '') as reason,
                bool_or(release_requested_at is not null) as releasing
            from outbox_parked
            where discarded_at is null and not held
            group by aggregatetype, aggregateid
            order by min(parked_at), min(seq)
            limit :limit
            """;

    private static final String EVENTS = """
            select seq, aggregate_seq, id, type, version, aggregatetype, aggregateid,
                topic, source, created_at, contenttype, headers, payload, parked_at, reason
            from outbox_parked
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id and discarded_at is null and not held
            order by seq
            limit :limit
            """;

    private static final String RELEASE = """
            update outbox_parked
            set release_requested_at = clock_timestamp()
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id and discarded_at is null and not held
                and not exists (
                    select 1 from outbox_parked
                    where bucket = :bucket and aggregatetype = :type and aggregateid = :id
                        and release_requested_at is not null)
            """;

    /** Aggregates with a pending decision are left out. */
    private static final String RELEASE_ALL = """
            update outbox_parked as event
            set release_requested_at = clock_timestamp()
            where discarded_at is null and not held
                and not exists (
                    select 1 from outbox_parked as other
                    where other.bucket = event.bucket and other.aggregatetype = event.aggregatetype
                        and other.aggregateid = event.aggregateid and other.release_requested_at is not null)
            """;

    private static final String HELD_TOPICS = """
            select topic, count(*) as events, min(parked_at) as held_at, (array_agg(reason order by seq desc))[1] as reason
            from outbox_parked
            where held and discarded_at is null
            group by topic
            order by topic
            """;

    /** They do not wait for their topic any more, and a lane that reads them again leaves them out. */
    private static final String DISCARD_HELD = """
            update outbox_parked
            set held = false, discarded_at = clock_timestamp()
            where topic = :topic and held and discarded_at is null
            """;

    private static final String DISCARD = """
            update outbox_parked
            set release_requested_at = clock_timestamp(), discarded_at = clock_timestamp()
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id and discarded_at is null and not held
                and not exists (
                    select 1 from outbox_parked
                    where bucket = :bucket and aggregatetype = :type and aggregateid = :id
                        and release_requested_at is not null)
            """;

    /** If it is the last event of an aggregate, the aggregate is released. */
    private static final String DISCARD_EVENT = """
            update outbox_parked as event
            set discarded_at = clock_timestamp(), release_requested_at = case
                when not exists (
                    select 1 from outbox_parked as other
                    where other.bucket = event.bucket and other.aggregatetype = event.aggregatetype
                        and other.aggregateid = event.aggregateid and other.seq <> event.seq
                        and other.discarded_at is null and not other.held)
                then clock_timestamp() end
            where id = :event and discarded_at is null and not held
                and not exists (
                    select 1 from outbox_parked as other
                    where other.bucket = event.bucket and other.aggregatetype = event.aggregatetype
                        and other.aggregateid = event.aggregateid and other.release_requested_at is not null)
            """;

    private static final String REMOVE_DISCARDED = """
            delete from outbox_parked as parked
            where discarded_at is not null and release_requested_at is null
                and not exists (select 1 from outbox_event where outbox_event.seq = parked.seq)
            """;

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;
    private final OutboxRowMapper rowMapper = new OutboxRowMapper();

    JdbcParkedEvents(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.transaction = BoundedTransaction.postgres(dataSource);
    }

    @Override
    public List<ParkedKey> keys(int limit) {
        return jdbc.sql(KEYS).param("limit", limit).query(JdbcParkedEvents::key).list();
    }

    @Override
    public List<ParkedEvent> events(AggregateRef aggregate, int limit) {
        return of(EVENTS, aggregate).param("limit", limit).query(this::event).list();
    }

    @Override
    public boolean release(AggregateRef aggregate) {
        return transaction.single(() -> of(RELEASE, aggregate).update() > 0);
    }

    @Override
    public int releaseAll() {
        return jdbc.sql(RELEASE_ALL).update();
    }

    @Override
    public List<HeldTopic> heldTopics() {
        return jdbc.sql(HELD_TOPICS)
                .query((row, rowNumber) -> new HeldTopic(
                        row.getString("topic"),
                        row.getLong("events"),
                        row.getObject("held_at", OffsetDateTime.class).toInstant(),
                        String.valueOf(row.getString("reason"))))
                .list();
    }

    @Override
    public int discardHeld(String topic) {
        return transaction.single(
                () -> jdbc.sql(DISCARD_HELD).param("topic", topic).update());
    }

    @Override
    public boolean discard(AggregateRef aggregate) {
        return transaction.single(() -> of(DISCARD, aggregate).update() > 0);
    }

    @Override
    public boolean discard(UUID eventId) {
        return transaction.single(
                () -> jdbc.sql(DISCARD_EVENT).param("event", eventId).update() > 0);
    }

    @Override
    public int removeDiscarded() {
        return transaction.single(() -> jdbc.sql(REMOVE_DISCARDED).update());
    }

    private StatementSpec of(String sql, AggregateRef aggregate) {
        return jdbc.sql(sql)
                .param("bucket", aggregate.bucket())
                .param("type", aggregate.type())
                .param("id", aggregate.id());
    }

    private ParkedEvent event(ResultSet row, int rowNumber) throws SQLException {
        return new ParkedEvent(
                rowMapper.mapRow(row, rowNumber),
                row.getObject("parked_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString("reason")));
    }

    private static ParkedKey key(ResultSet row, int rowNumber) throws SQLException {
        return new ParkedKey(
                aggregate(row),
                row.getLong("events"),
                row.getObject("parked_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                row.getBoolean("releasing"));
    }

    private static AggregateRef aggregate(ResultSet row) throws SQLException {
        return new AggregateRef(row.getString("aggregatetype"), row.getString("aggregateid"));
    }
}
