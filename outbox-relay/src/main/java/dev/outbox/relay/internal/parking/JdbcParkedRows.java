package dev.outbox.relay.internal.parking;

import dev.outbox.event.AggregateRef;
import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.OutboxRowMapper;
import dev.outbox.relay.parking.HeldTopic;
import dev.outbox.relay.parking.ParkedCause;
import dev.outbox.relay.parking.ParkedCount;
import dev.outbox.relay.parking.ParkedEvent;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.parking.ParkedKey;
import dev.outbox.relay.parking.ParkedPlace;
import dev.outbox.relay.parking.ParkedRelease;
import dev.outbox.relay.parking.ParkedSelection;
import dev.outbox.schema.OutboxTables;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * The statements on {@code outbox_parked}: first those of the lanes, which park and release, then those of people, who decide.
 */
final class JdbcParkedRows {

    /**
     * One statement, because it runs again and again. A discarded row matters only while its decision has not been carried
     * out. It moves from topic to topic by the index, however many events wait for each.
     */
    private static final String LOAD = """
            with recursive next as (
                (select topic from outbox_parked where held and discarded_at is null order by topic limit 1)
                union all
                select (
                    select topic from outbox_parked
                    where held and discarded_at is null and topic > next.topic
                    order by topic limit 1)
                from next
                where next.topic is not null
            )
            select
                aggregatetype,
                aggregateid,
                min(seq) filter (where discarded_at is null or release_requested_at is not null) as first_seq,
                bool_or(release_requested_at is not null) as is_decided,
                array_agg(seq) filter (where discarded_at is not null) as discarded,
                null as held_topic,
                null as reason,
                count(*) filter (where discarded_at is null) as events,
                extract(epoch from clock_timestamp() - min(parked_at) filter (where discarded_at is null)) as age
            from outbox_parked
            where bucket between :firstBucket and :lastBucket and not held
            group by aggregatetype, aggregateid
            union all
            select
                null, null, null, false, null, next.topic, first.reason, 0,
                extract(epoch from clock_timestamp() - first.parked_at)
            from next cross join lateral (
                select reason, parked_at from outbox_parked
                where held and discarded_at is null and topic = next.topic
                    and bucket between :firstBucket and :lastBucket
                order by seq limit 1) as first
            """;

    /** A lane that starts at an earlier position than others have left may read events that are parked already. */
    private static final String PARK = """
            insert into outbox_parked (
                seq, aggregate_seq, created_at, discarded_at, held, id, version, bucket, aggregatetype, aggregateid,
                type, topic, source, contenttype, reason, headers, payload)
            select
                seq, aggregate_seq, created_at, case when discarded then clock_timestamp() end, held, id, version, bucket,
                aggregatetype, aggregateid, type, topic, source, contenttype, reason, headers, payload
            from outbox_event
                join unnest(
                        cast(:seqs as bigint[]), cast(:reasons as text[]),
                        cast(:discarded as boolean[]), cast(:held as boolean[]))
                    as parking (seq, reason, discarded, held) using (seq)
            where seq between :firstSeq and :lastSeq
            on conflict (seq) do nothing
            """;

    private static final String DECIDE = """
            update outbox_parked
            set release_requested_at = clock_timestamp()
            from unnest(cast(:buckets as smallint[]), cast(:types as text[]), cast(:ids as text[]))
                as decided (bucket, type, id)
            where outbox_parked.bucket = decided.bucket and aggregatetype = decided.type and aggregateid = decided.id
                and discarded_at is null and release_requested_at is null and not held
            """;

    /** Without whole aggregates whose release is to stop, because later events of them may have come behind. */
    private static final String RELEASED = """
            select %s
            from outbox_parked as event
            where bucket between :firstBucket and :lastBucket
                and release_requested_at is not null and discarded_at is null
                and not exists (
                    select 1 from outbox_parked as other
                    where other.bucket = event.bucket and other.aggregatetype = event.aggregatetype
                        and other.aggregateid = event.aggregateid and other.stop_requested_at is not null)
            order by seq
            limit :limit
            """.formatted(OutboxRowMapper.COLUMNS);

    private static final String HELD = """
            select %s
            from outbox_parked
            where topic = :topic and bucket between :firstBucket and :lastBucket and held and discarded_at is null
            order by seq
            limit :limit
            """.formatted(OutboxRowMapper.COLUMNS);

    private static final String PUBLISHED = """
            delete from outbox_parked
            where seq = any (cast(:seqs as bigint[]))
            """;

    private static final String HOLD = """
            update outbox_parked
            set held = true, release_requested_at = null, stop_requested_at = null, reason = waiting.reason
            from unnest(cast(:seqs as bigint[]), cast(:reasons as text[])) as waiting (seq, reason)
            where outbox_parked.seq = waiting.seq and discarded_at is null
            """;

    /** Events that waited for their topic after the refused event now wait for that event. */
    private static final String REFUSED = """
            update outbox_parked
            set
                release_requested_at = null,
                stop_requested_at = null,
                held = held and seq < :seq,
                reason = case when seq = :seq then :reason when held and seq > :seq then null else reason end
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id
                and (release_requested_at is not null or (held and seq >= :seq))
            """;

    private static final String DONE = """
            update outbox_parked
            set release_requested_at = null
            from unnest(cast(:buckets as smallint[]), cast(:types as text[]), cast(:ids as text[])) as done (bucket, type, id)
            where outbox_parked.bucket = done.bucket and aggregatetype = done.type and aggregateid = done.id
                and release_requested_at is not null
            """;

    private static final String TAKE_BACK = """
            update outbox_parked
            set release_requested_at = null, stop_requested_at = null
            from (
                select distinct bucket, aggregatetype, aggregateid
                from outbox_parked
                where stop_requested_at is not null and bucket between :firstBucket and :lastBucket) as stopped
            where outbox_parked.bucket = stopped.bucket and outbox_parked.aggregatetype = stopped.aggregatetype
                and outbox_parked.aggregateid = stopped.aggregateid
                and (release_requested_at is not null or stop_requested_at is not null)
            """;

    /** Reads an index alone and sorts nothing, as long as it does not ask for the reason. */
    private static final String WAITING_KEYS = """
            select
                aggregatetype,
                aggregateid,
                count(*) as events,
                min(seq) as first_seq,
                min(parked_at) as parked_at,
                bool_or(release_requested_at is not null) as releasing
            from outbox_parked
            where discarded_at is null and not held
                and (cast(:type as text) is null or aggregatetype = :type)
                and (cast(:id as text) is null or aggregateid = :id)
            group by aggregatetype, aggregateid
            """;

    private static final String OPEN_KEYS = """
            select parked.*, refused.reason
            from (%s) as parked left join (
                select distinct on (aggregatetype, aggregateid) aggregatetype, aggregateid, reason
                from outbox_parked
                where reason is not null and discarded_at is null and not held
                order by aggregatetype, aggregateid, seq
            ) as refused using (aggregatetype, aggregateid)
            """.formatted(WAITING_KEYS);

    /** Looks up the reasons of a page alone. */
    private static final String KEYS = """
            select page.*, (
                select refused.reason
                from outbox_parked as refused
                where refused.aggregatetype = page.aggregatetype and refused.aggregateid = page.aggregateid
                    and refused.reason is not null and refused.discarded_at is null and not refused.held
                order by refused.seq
                limit 1) as reason
            from (
                select *
                from (%s) as parked
                where cast(:afterSeq as bigint) is null or (parked_at, first_seq) > (:afterTime, :afterSeq)
                order by parked_at, first_seq
                limit :limit
            ) as page
            order by page.parked_at, page.first_seq
            """.formatted(WAITING_KEYS);

    private static final String KEYS_BECAUSE = """
            select *
            from (%s) as parked
            where position(:reason in reason) > 0
                and (cast(:afterSeq as bigint) is null or (parked_at, first_seq) > (:afterTime, :afterSeq))
            order by parked_at, first_seq
            limit :limit
            """.formatted(OPEN_KEYS);

    private static final String COUNT = """
            select count(*) as keys, coalesce(sum(events), 0) as events
            from (%s) as parked
            where not releasing
            """.formatted(WAITING_KEYS);

    private static final String COUNT_BECAUSE = """
            select count(*) as keys, coalesce(sum(events), 0) as events
            from (%s) as parked
            where position(:reason in reason) > 0 and not releasing
            """.formatted(OPEN_KEYS);

    private static final String CAUSES = """
            select reason, count(*) as keys, sum(events) as events, min(parked_at) as parked_at
            from (%s) as parked
            where not releasing
            group by reason
            order by keys desc, parked_at
            limit :limit
            """.formatted(OPEN_KEYS);

    private static final String EVENTS = """
            select %s, parked_at, reason
            from outbox_parked
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id and discarded_at is null and not held
            order by seq
            limit :limit
            """.formatted(OutboxRowMapper.COLUMNS);

    private static final String EVENT = """
            select %s, parked_at, reason
            from outbox_parked
            where id = :event and discarded_at is null and not held
            """.formatted(OutboxRowMapper.COLUMNS);

    private static final String RELEASE = """
            update outbox_parked
            set release_requested_at = clock_timestamp(), release_id = null
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id and discarded_at is null and not held
                and not exists (
                    select 1 from outbox_parked
                    where bucket = :bucket and aggregatetype = :type and aggregateid = :id
                        and release_requested_at is not null)
            """;

    private static final String RELEASE_SELECTED = """
            update outbox_parked as event
            set release_requested_at = clock_timestamp(), release_id = :release
            where %s
            """.formatted(selected());

    /** What it has not published: it is on its way, or it stays parked, because it was refused again, held or stopped. */
    private static final String RELEASES = """
            select
                release_id,
                count(*) filter (where release_requested_at is not null) as pending,
                count(*) filter (where release_requested_at is null) as kept,
                bool_or(stop_requested_at is not null) as is_stopping
            from outbox_parked
            where release_id is not null and (cast(:release as bigint) is null or release_id = :release)
                and discarded_at is null
            group by release_id
            order by release_id desc
            """;

    private static final String STOP = """
            update outbox_parked
            set stop_requested_at = clock_timestamp()
            where release_id = :release and release_requested_at is not null and stop_requested_at is null
                and discarded_at is null
            """;

    private static final String DISCARD_SELECTED = """
            update outbox_parked as event
            set release_requested_at = clock_timestamp(), discarded_at = clock_timestamp()
            where %s
            """.formatted(selected());

    private static final String EDIT = """
            update outbox_parked as event
            set payload = :payload
            where id = :event and discarded_at is null and not held
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

    /** They no longer wait for their topic, and a lane that reads them again leaves them out. */
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

    /** Aggregates with a pending decision are left out. */
    private static String selected() {
        return """
            discarded_at is null and not held
                and (cast(:type as text) is null or aggregatetype = :type)
                and (cast(:id as text) is null or aggregateid = :id)
                and (cast(:reason as text) is null or position(:reason in (
                    select first.reason from outbox_parked as first
                    where first.bucket = event.bucket and first.aggregatetype = event.aggregatetype
                        and first.aggregateid = event.aggregateid
                        and first.reason is not null and first.discarded_at is null and not first.held
                    order by first.seq
                    limit 1)) > 0)
                and not exists (
                    select 1 from outbox_parked as other
                    where other.bucket = event.bucket and other.aggregatetype = event.aggregatetype
                        and other.aggregateid = event.aggregateid and other.release_requested_at is not null)
            """;
    }

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;
    private final OutboxRowMapper rowMapper = new OutboxRowMapper();

    JdbcParkedRows(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.transaction = BoundedTransaction.postgres(dataSource);
    }

    ParkingStore ofLanes() {
        return new OfLanes();
    }

    ParkedEvents ofPeople() {
        return new OfPeople();
    }

    /** Takes part in the transaction that saves the position of a lane. */
    private final class OfLanes implements ParkingStore {

        @Override
        public Parked load(BucketRange buckets) {
            Map<AggregateRef, Long> keys = new HashMap<>();
            Set<AggregateRef> decided = new HashSet<>();
            Set<Long> discarded = new HashSet<>();
            Map<String, String> topics = new HashMap<>();
            WaitingSum waiting = new WaitingSum();
            jdbc.sql(LOAD)
                    .param("firstBucket", buckets.first())
                    .param("lastBucket", buckets.last())
                    .query(row -> {
                        String topic = row.getString("held_topic");
                        Duration age = Duration.ofMillis((long) (1000 * row.getDouble("age")));
                        if (topic != null) {
                            waiting.addTopic(age);
                            topics.put(topic, String.valueOf(row.getString("reason")));
                            return;
                        }
                        waiting.add(row.getLong("events"), age);
                        Long firstSeq = row.getObject("first_seq", Long.class);
                        if (firstSeq != null) {
                            keys.put(aggregate(row), firstSeq);
                        }
                        if (row.getBoolean("is_decided")) {
                            decided.add(aggregate(row));
                        }
                        Array seqs = row.getArray("discarded");
                        if (seqs != null) {
                            discarded.addAll(List.of((Long[]) seqs.getArray()));
                        }
                    });
            return new Parked(keys, decided, discarded, topics, waiting.sum());
        }

        @Override
        public void park(List<Parking> events) {
            jdbc.sql(PARK)
                    .param("seqs", array("int8", events, Parking::seq))
                    .param("reasons", array("text", events, Parking::reason))
                    .param("discarded", array("bool", events, Parking::discarded))
                    .param("held", array("bool", events, Parking::held))
                    .param(
                            "firstSeq",
                            events.stream().mapToLong(Parking::seq).min().orElse(0))
                    .param(
                            "lastSeq",
                            events.stream().mapToLong(Parking::seq).max().orElse(0))
                    .update();
        }

        @Override
        public void decide(Collection<AggregateRef> aggregates) {
            of(DECIDE, aggregates).update();
        }

        @Override
        public List<OutboxRow> released(BucketRange buckets, int limit) {
            return rows(RELEASED, buckets, limit).query(rowMapper).list();
        }

        @Override
        public List<OutboxRow> held(BucketRange buckets, String topic, int limit) {
            return rows(HELD, buckets, limit)
                    .param("topic", topic)
                    .query(rowMapper)
                    .list();
        }

        @Override
        public void published(Collection<Long> seqs) {
            jdbc.sql(PUBLISHED)
                    .param("seqs", new SqlArrayValue("int8", seqs.toArray()))
                    .update();
        }

        @Override
        public void hold(List<Parking> events) {
            jdbc.sql(HOLD)
                    .param("seqs", array("int8", events, Parking::seq))
                    .param("reasons", array("text", events, Parking::reason))
                    .update();
        }

        @Override
        public void refused(Refused event) {
            jdbc.sql(REFUSED)
                    .param("bucket", event.aggregate().bucket())
                    .param("type", event.aggregate().type())
                    .param("id", event.aggregate().id())
                    .param("seq", event.seq())
                    .param("reason", event.reason())
                    .update();
        }

        @Override
        public void done(Collection<AggregateRef> aggregates) {
            of(DONE, aggregates).update();
        }

        @Override
        public void takeBack(BucketRange buckets) {
            jdbc.sql(TAKE_BACK)
                    .param("firstBucket", buckets.first())
                    .param("lastBucket", buckets.last())
                    .update();
        }

        private StatementSpec of(String sql, Collection<AggregateRef> aggregates) {
            return jdbc.sql(sql)
                    .param("buckets", array("int2", aggregates, AggregateRef::bucket))
                    .param("types", array("text", aggregates, AggregateRef::type))
                    .param("ids", array("text", aggregates, AggregateRef::id));
        }

        private StatementSpec rows(String sql, BucketRange buckets, int limit) {
            return jdbc.sql(sql)
                    .param("firstBucket", buckets.first())
                    .param("lastBucket", buckets.last())
                    .param("limit", limit);
        }
    }

    /** Each decision is a transaction. */
    private final class OfPeople implements ParkedEvents {

        @Override
        public List<ParkedKey> keys(ParkedSelection selection, @Nullable ParkedPlace after, int limit) {
            return selected(selection.reason() == null ? KEYS : KEYS_BECAUSE, selection)
                    .param("afterTime", after == null ? null : after.parkedAt().atOffset(ZoneOffset.UTC))
                    .param("afterSeq", after == null ? null : after.firstSeq())
                    .param("limit", limit)
                    .query(JdbcParkedRows::key)
                    .list();
        }

        @Override
        public ParkedCount count(ParkedSelection selection) {
            return selected(selection.reason() == null ? COUNT : COUNT_BECAUSE, selection)
                    .query((row, rowNumber) -> new ParkedCount(row.getLong("keys"), row.getLong("events")))
                    .single();
        }

        @Override
        public List<ParkedCause> causes(int limit) {
            return selected(CAUSES, ParkedSelection.all())
                    .param("limit", limit)
                    .query((row, rowNumber) -> new ParkedCause(
                            row.getString("reason"),
                            row.getLong("keys"),
                            row.getLong("events"),
                            row.getObject("parked_at", OffsetDateTime.class).toInstant()))
                    .list();
        }

        @Override
        public List<ParkedEvent> events(AggregateRef key, int limit) {
            return of(EVENTS, key).param("limit", limit).query(this::mapEvent).list();
        }

        @Override
        public Optional<ParkedEvent> event(UUID id) {
            return jdbc.sql(EVENT).param("event", id).query(this::mapEvent).optional();
        }

        @Override
        public int release(AggregateRef key) {
            return transaction.single(() -> of(RELEASE, key).update());
        }

        @Override
        public int release(ParkedSelection selection, @Nullable Long release) {
            return transaction.single(() -> selected(RELEASE_SELECTED, selection)
                    .param("release", release)
                    .update());
        }

        @Override
        public List<ParkedRelease> releases(@Nullable Long release) {
            return jdbc.sql(RELEASES)
                    .param("release", release)
                    .query((row, rowNumber) -> new ParkedRelease(
                            row.getLong("release_id"),
                            row.getLong("pending"),
                            row.getLong("kept"),
                            row.getBoolean("is_stopping")))
                    .list();
        }

        @Override
        public int stop(long release) {
            return transaction.single(
                    () -> jdbc.sql(STOP).param("release", release).update());
        }

        @Override
        public int discard(ParkedSelection selection) {
            return transaction.single(
                    () -> selected(DISCARD_SELECTED, selection).update());
        }

        @Override
        public boolean edit(UUID id, byte[] payload) {
            return transaction.single(() ->
                    jdbc.sql(EDIT).param("event", id).param("payload", payload).update() > 0);
        }

        @Override
        public int discard(AggregateRef key) {
            return transaction.single(() -> of(DISCARD, key).update());
        }

        @Override
        public boolean discard(UUID id) {
            return transaction.single(
                    () -> jdbc.sql(DISCARD_EVENT).param("event", id).update() > 0);
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
        public int removeDiscarded() {
            return transaction.single(() -> jdbc.sql(REMOVE_DISCARDED).update());
        }

        private StatementSpec selected(String sql, ParkedSelection selection) {
            return jdbc.sql(sql)
                    .param("type", selection.aggregateType())
                    .param("id", selection.aggregateId())
                    .param("reason", selection.reason());
        }

        private StatementSpec of(String sql, AggregateRef aggregate) {
            return jdbc.sql(sql)
                    .param("bucket", aggregate.bucket())
                    .param("type", aggregate.type())
                    .param("id", aggregate.id());
        }

        private ParkedEvent mapEvent(ResultSet row, int rowNumber) throws SQLException {
            return new ParkedEvent(
                    rowMapper.mapRow(row, rowNumber),
                    row.getString("reason"),
                    row.getObject("parked_at", OffsetDateTime.class).toInstant());
        }
    }

    private static ParkedKey key(ResultSet row, int rowNumber) throws SQLException {
        return new ParkedKey(
                aggregate(row),
                row.getLong("events"),
                row.getLong("first_seq"),
                row.getObject("parked_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                row.getBoolean("releasing"));
    }

    private static AggregateRef aggregate(ResultSet row) throws SQLException {
        return new AggregateRef(row.getString("aggregatetype"), row.getString("aggregateid"));
    }

    private static <T> SqlArrayValue array(String type, Collection<T> rows, Function<T, @Nullable Object> column) {
        return new SqlArrayValue(type, rows.stream().map(column).toArray());
    }
}
