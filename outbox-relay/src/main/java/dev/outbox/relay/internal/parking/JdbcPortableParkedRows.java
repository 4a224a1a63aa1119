package dev.outbox.relay.internal.parking;

import dev.outbox.event.AggregateRef;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.UtcColumn;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The same statements as those of {@link JdbcParkedRows} for other databases: row by row where PostgreSQL takes arrays, because
 * few events are parked. First those of the lanes, which park and release, then those of people, who decide.
 */
final class JdbcPortableParkedRows {

    private static final String KEYS_OF_LANE = """
            select
                aggregatetype,
                aggregateid,
                min(case when discarded_at is null or release_requested_at is not null then seq end) as first_seq,
                max(case when release_requested_at is not null then 1 else 0 end) as is_decided,
                sum(case when discarded_at is null then 1 else 0 end) as events,
                min(case when discarded_at is null then parked_at end) as first_parked_at,
                %s as looked_at
            from outbox_parked
            where bucket between :firstBucket and :lastBucket and held = false
            group by aggregatetype, aggregateid
            """;

    private static final String DISCARDED = """
            select seq
            from outbox_parked
            where bucket between :firstBucket and :lastBucket and held = false and discarded_at is not null
            """;

    private static final String TOPICS_OF_LANE = """
            select waiting.topic, waiting.reason, waiting.parked_at as first_parked_at, %s as looked_at
            from outbox_parked as waiting join (
                select min(seq) as seq
                from outbox_parked
                where held = true and discarded_at is null and bucket between :firstBucket and :lastBucket
                group by topic
            ) as oldest on oldest.seq = waiting.seq
            """;

    private static final String PARK = """
            insert into outbox_parked (
                seq, aggregate_seq, created_at, parked_at, discarded_at, held, id, version, bucket, aggregatetype,
                aggregateid, type, topic, source, contenttype, reason, headers, payload)
            select
                seq, aggregate_seq, created_at, %1$s, case when :discarded = 1 then %1$s end, :held, id, version, bucket,
                aggregatetype, aggregateid, type, topic, source, contenttype, :reason, headers, payload
            from outbox_event
            where seq = :seq and not exists (select 1 from outbox_parked where outbox_parked.seq = :seq)
            """;

    private static final String DECIDE = """
            update outbox_parked
            set release_requested_at = %s
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id
                and discarded_at is null and release_requested_at is null and held = false
            """;

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
            where topic = :topic and bucket between :firstBucket and :lastBucket and held = true and discarded_at is null
            order by seq
            limit :limit
            """.formatted(OutboxRowMapper.COLUMNS);

    private static final String PUBLISHED = """
            delete from outbox_parked
            where seq = :seq
            """;

    private static final String HOLD = """
            update outbox_parked
            set held = true, release_requested_at = null, stop_requested_at = null, reason = :reason
            where seq = :seq and discarded_at is null
            """;

    /**
     * Events that waited for their topic after the refused event now wait for that event. The columns are set in this order,
     * because some databases compute with those that are set before.
     */
    private static final String REFUSED = """
            update outbox_parked
            set
                reason = case when seq = :seq then :reason when held = true and seq > :seq then null else reason end,
                held = case when held = true and seq < :seq then true else false end,
                release_requested_at = null,
                stop_requested_at = null
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id
                and (release_requested_at is not null or (held = true and seq >= :seq))
            """;

    private static final String DONE = """
            update outbox_parked
            set release_requested_at = null
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id and release_requested_at is not null
            """;

    private static final String STOPPED = """
            select distinct aggregatetype, aggregateid
            from outbox_parked
            where stop_requested_at is not null and bucket between :firstBucket and :lastBucket
            """;

    private static final String TAKE_BACK = """
            update outbox_parked
            set release_requested_at = null, stop_requested_at = null
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id
                and (release_requested_at is not null or stop_requested_at is not null)
            """;

    private static final String OPEN_KEYS = """
            select parked.*, refused.reason
            from (
                select
                    aggregatetype,
                    aggregateid,
                    count(*) as events,
                    min(parked_at) as first_parked_at,
                    min(seq) as first_seq,
                    min(case when reason is not null then seq end) as refused_seq,
                    max(case when release_requested_at is not null then 1 else 0 end) as releasing
                from outbox_parked
                where discarded_at is null and held = false
                    and (:type is null or aggregatetype = :type) and (:id is null or aggregateid = :id)
                group by aggregatetype, aggregateid
            ) as parked left join outbox_parked as refused on refused.seq = parked.refused_seq
            where (:reason is null or position(:reason in refused.reason) > 0)
            """;

    private static final String KEYS = """
            %s
                and (:afterSeq is null or parked.first_parked_at > :afterTime
                    or (parked.first_parked_at = :afterTime and parked.first_seq > :afterSeq))
            order by parked.first_parked_at, parked.first_seq
            limit :limit
            """.formatted(OPEN_KEYS);

    private static final String COUNT = """
            select count(*) as open_keys, coalesce(sum(events), 0) as events
            from (%s) as selected
            where releasing = 0
            """.formatted(OPEN_KEYS);

    private static final String CAUSES = """
            select
                reason,
                count(*) as open_keys,
                sum(events) as events,
                min(first_parked_at) as oldest_parked_at
            from (%s) as selected
            where releasing = 0
            group by reason
            order by open_keys desc, oldest_parked_at
            limit :limit
            """.formatted(OPEN_KEYS);

    private static final String EVENTS = """
            select %s, parked_at, reason
            from outbox_parked
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id and discarded_at is null and held = false
            order by seq
            limit :limit
            """.formatted(OutboxRowMapper.COLUMNS);

    /** Locks them, so that two people who decide about an aggregate at once do so one after the other. */
    private static final String LOCK = """
            select
                seq,
                case when release_requested_at is not null then 1 else 0 end as is_decided,
                case when discarded_at is null and held = false then 1 else 0 end as is_open
            from outbox_parked
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id
            for update
            """;

    private static final String EVENT = """
            select %s, parked_at, reason
            from outbox_parked
            where id = :event and discarded_at is null and held = false
            """.formatted(OutboxRowMapper.COLUMNS);

    private static final String EDIT = """
            update outbox_parked
            set payload = :payload
            where seq = :seq and discarded_at is null and held = false
            """;

    private static final String KEY_OF_EVENT = """
            select seq, aggregatetype, aggregateid
            from outbox_parked
            where id = :event and discarded_at is null and held = false
            """;

    private static final String RELEASE = """
            update outbox_parked
            set release_requested_at = %s, release_id = :release
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id and discarded_at is null and held = false
            """;

    private static final String RELEASES = """
            select
                release_id,
                sum(case when release_requested_at is not null then 1 else 0 end) as pending,
                sum(case when release_requested_at is null then 1 else 0 end) as kept,
                max(case when stop_requested_at is not null then 1 else 0 end) as is_stopping
            from outbox_parked
            where release_id is not null and (:release is null or release_id = :release) and discarded_at is null
            group by release_id
            order by release_id desc
            """;

    private static final String STOP = """
            update outbox_parked
            set stop_requested_at = %s
            where release_id = :release and release_requested_at is not null and stop_requested_at is null
                and discarded_at is null
            """;

    private static final String DISCARD = """
            update outbox_parked
            set release_requested_at = %1$s, discarded_at = %1$s
            where bucket = :bucket and aggregatetype = :type and aggregateid = :id and discarded_at is null and held = false
            """;

    private static final String DISCARD_EVENT = """
            update outbox_parked
            set discarded_at = %1$s, release_requested_at = case when :isLast = 1 then %1$s end
            where seq = :seq and discarded_at is null and held = false
            """;

    private static final String HELD_TOPICS = """
            select waiting.topic, held.events, held.held_at, waiting.reason
            from (
                select topic, count(*) as events, min(parked_at) as held_at, max(seq) as last_seq
                from outbox_parked
                where held = true and discarded_at is null
                group by topic
            ) as held join outbox_parked as waiting on waiting.seq = held.last_seq
            order by waiting.topic
            """;

    private static final String DISCARD_HELD = """
            update outbox_parked
            set held = false, discarded_at = %s
            where topic = :topic and held = true and discarded_at is null
            """;

    private static final String REMOVE_DISCARDED = """
            delete from outbox_parked
            where discarded_at is not null and release_requested_at is null
                and not exists (select 1 from outbox_event where outbox_event.seq = outbox_parked.seq)
            """;

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;
    private final String now;
    private final OutboxRowMapper rowMapper = OutboxRowMapper.portable();

    JdbcPortableParkedRows(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.transaction = BoundedTransaction.on(product, dataSource);
        this.now = product.now();
    }

    ParkingStore ofLanes() {
        return new OfLanes();
    }

    ParkedEvents ofPeople() {
        return new OfPeople();
    }

    /** Takes part in the transaction that renews the lease of a lane. */
    private final class OfLanes implements ParkingStore {

        @Override
        public Parked load(BucketRange buckets) {
            Map<AggregateRef, Long> keys = new HashMap<>();
            Set<AggregateRef> decided = new HashSet<>();
            Map<String, String> topics = new HashMap<>();
            WaitingSum waiting = new WaitingSum();
            in(KEYS_OF_LANE.formatted(now), buckets).query(row -> {
                waiting.add(row.getLong("events"), age(row));
                Long firstSeq = row.getObject("first_seq", Long.class);
                if (firstSeq != null) {
                    keys.put(aggregate(row), firstSeq);
                }
                if (row.getBoolean("is_decided")) {
                    decided.add(aggregate(row));
                }
            });
            in(TOPICS_OF_LANE.formatted(now), buckets).query(row -> {
                waiting.addTopic(age(row));
                topics.put(row.getString("topic"), String.valueOf(row.getString("reason")));
            });
            Set<Long> discarded = new HashSet<>(in(DISCARDED, buckets)
                    .query((row, rowNumber) -> row.getLong("seq"))
                    .list());
            return new Parked(keys, decided, discarded, topics, waiting.sum());
        }

        @Override
        public void park(List<Parking> events) {
            for (Parking event : events) {
                timed(PARK)
                        .param("seq", event.seq())
                        .param("reason", event.reason())
                        .param("discarded", event.discarded() ? 1 : 0)
                        .param("held", event.held())
                        .update();
            }
        }

        @Override
        public void decide(Collection<AggregateRef> aggregates) {
            aggregates.forEach(aggregate -> of(timed(DECIDE), aggregate).update());
        }

        @Override
        public List<OutboxRow> released(BucketRange buckets, int limit) {
            return in(RELEASED, buckets).param("limit", limit).query(rowMapper).list();
        }

        @Override
        public List<OutboxRow> held(BucketRange buckets, String topic, int limit) {
            return in(HELD, buckets)
                    .param("limit", limit)
                    .param("topic", topic)
                    .query(rowMapper)
                    .list();
        }

        @Override
        public void published(Collection<Long> seqs) {
            seqs.forEach(seq -> jdbc.sql(PUBLISHED).param("seq", seq).update());
        }

        @Override
        public void hold(List<Parking> events) {
            for (Parking event : events) {
                jdbc.sql(HOLD)
                        .param("seq", event.seq())
                        .param("reason", event.reason())
                        .update();
            }
        }

        @Override
        public void refused(Refused event) {
            of(jdbc.sql(REFUSED), event.aggregate())
                    .param("seq", event.seq())
                    .param("reason", event.reason())
                    .update();
        }

        @Override
        public void done(Collection<AggregateRef> aggregates) {
            aggregates.forEach(aggregate -> of(jdbc.sql(DONE), aggregate).update());
        }

        @Override
        public void takeBack(BucketRange buckets) {
            in(STOPPED, buckets)
                    .query((row, rowNumber) -> aggregate(row))
                    .list()
                    .forEach(aggregate -> of(jdbc.sql(TAKE_BACK), aggregate).update());
        }

        private StatementSpec in(String sql, BucketRange buckets) {
            return jdbc.sql(sql).param("firstBucket", buckets.first()).param("lastBucket", buckets.last());
        }
    }

    /** Each decision is a transaction. */
    private final class OfPeople implements ParkedEvents {

        @Override
        public List<ParkedKey> keys(ParkedSelection selection, @Nullable ParkedPlace after, int limit) {
            return selected(KEYS, selection)
                    .param("afterTime", after == null ? null : UtcColumn.write(after.parkedAt()))
                    .param("afterSeq", after == null ? null : after.firstSeq())
                    .param("limit", limit)
                    .query((row, rowNumber) -> new ParkedKey(
                            aggregate(row),
                            row.getLong("events"),
                            row.getLong("first_seq"),
                            UtcColumn.read(row, "first_parked_at"),
                            row.getString("reason"),
                            row.getBoolean("releasing")))
                    .list();
        }

        @Override
        public ParkedCount count(ParkedSelection selection) {
            return selected(COUNT, selection)
                    .query((row, rowNumber) -> new ParkedCount(row.getLong("open_keys"), row.getLong("events")))
                    .single();
        }

        @Override
        public List<ParkedCause> causes(int limit) {
            return selected(CAUSES, ParkedSelection.all())
                    .param("limit", limit)
                    .query((row, rowNumber) -> new ParkedCause(
                            row.getString("reason"),
                            row.getLong("open_keys"),
                            row.getLong("events"),
                            UtcColumn.read(row, "oldest_parked_at")))
                    .list();
        }

        private StatementSpec selected(String sql, ParkedSelection selection) {
            return jdbc.sql(sql)
                    .param("type", selection.aggregateType())
                    .param("id", selection.aggregateId())
                    .param("reason", selection.reason());
        }

        @Override
        public List<ParkedEvent> events(AggregateRef key, int limit) {
            return of(jdbc.sql(EVENTS), key)
                    .param("limit", limit)
                    .query(this::mapEvent)
                    .list();
        }

        @Override
        public Optional<ParkedEvent> event(UUID id) {
            return jdbc.sql(EVENT)
                    .param("event", id.toString())
                    .query(this::mapEvent)
                    .optional();
        }

        private ParkedEvent mapEvent(ResultSet row, int rowNumber) throws SQLException {
            return new ParkedEvent(
                    rowMapper.mapRow(row, rowNumber), row.getString("reason"), UtcColumn.read(row, "parked_at"));
        }

        @Override
        public int release(AggregateRef key) {
            return release(key, null);
        }

        private int release(AggregateRef key, @Nullable Long release) {
            return transaction.execute(() -> decide(timed(RELEASE).param("release", release), key));
        }

        @Override
        public int release(ParkedSelection selection, @Nullable Long release) {
            return ofEach(selection, key -> release(key, release));
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
                    () -> timed(STOP).param("release", release).update());
        }

        @Override
        public int discard(ParkedSelection selection) {
            return ofEach(selection, this::discard);
        }

        private int ofEach(ParkedSelection selection, ToIntFunction<AggregateRef> decision) {
            return keys(selection, null, Integer.MAX_VALUE).stream()
                    .map(ParkedKey::key)
                    .mapToInt(decision)
                    .sum();
        }

        @Override
        public boolean edit(UUID id, byte[] payload) {
            return transaction.execute(
                    () -> open(id).filter(event -> edit(event, payload)).isPresent());
        }

        private boolean edit(Event event, byte[] payload) {
            return lock(event.aggregate()).stream().noneMatch(Locked::decided)
                    && jdbc.sql(EDIT)
                                    .param("seq", event.seq())
                                    .param("payload", payload)
                                    .update()
                            == 1;
        }

        @Override
        public int discard(AggregateRef key) {
            return transaction.execute(() -> decide(timed(DISCARD), key));
        }

        /** If it is the last event of an aggregate, the aggregate is released. */
        @Override
        public boolean discard(UUID id) {
            return transaction.execute(() -> open(id).filter(this::discard).isPresent());
        }

        private Optional<Event> open(UUID id) {
            return jdbc.sql(KEY_OF_EVENT)
                    .param("event", id.toString())
                    .query((row, rowNumber) -> new Event(row.getLong("seq"), aggregate(row)))
                    .optional();
        }

        private boolean discard(Event event) {
            List<Locked> locked = lock(event.aggregate());
            if (locked.stream().anyMatch(Locked::decided)) {
                return false;
            }
            boolean isLast = locked.stream().noneMatch(other -> other.open() && other.seq() != event.seq());
            return timed(DISCARD_EVENT)
                            .param("seq", event.seq())
                            .param("isLast", isLast ? 1 : 0)
                            .update()
                    == 1;
        }

        @Override
        public List<HeldTopic> heldTopics() {
            return jdbc.sql(HELD_TOPICS)
                    .query((row, rowNumber) -> new HeldTopic(
                            row.getString("topic"),
                            row.getLong("events"),
                            UtcColumn.read(row, "held_at"),
                            String.valueOf(row.getString("reason"))))
                    .list();
        }

        @Override
        public int discardHeld(String topic) {
            return transaction.single(
                    () -> timed(DISCARD_HELD).param("topic", topic).update());
        }

        @Override
        public int removeDiscarded() {
            return transaction.single(() -> jdbc.sql(REMOVE_DISCARDED).update());
        }

        /** Nothing is decided about an aggregate while another decision is pending. */
        private int decide(StatementSpec decision, AggregateRef key) {
            return lock(key).stream().anyMatch(Locked::decided)
                    ? 0
                    : of(decision, key).update();
        }

        private List<Locked> lock(AggregateRef key) {
            return of(jdbc.sql(LOCK), key)
                    .query((row, rowNumber) ->
                            new Locked(row.getLong("seq"), row.getBoolean("is_decided"), row.getBoolean("is_open")))
                    .list();
        }
    }

    private static Duration age(ResultSet row) throws SQLException {
        Instant first = UtcColumn.find(row, "first_parked_at");
        return first == null ? Duration.ZERO : Duration.between(first, UtcColumn.read(row, "looked_at"));
    }

    private StatementSpec timed(String sql) {
        return jdbc.sql(sql.formatted(now));
    }

    private static StatementSpec of(StatementSpec statement, AggregateRef aggregate) {
        return statement
                .param("bucket", aggregate.bucket())
                .param("type", aggregate.type())
                .param("id", aggregate.id());
    }

    private static AggregateRef aggregate(ResultSet row) throws SQLException {
        return new AggregateRef(row.getString("aggregatetype"), row.getString("aggregateid"));
    }

    private record Event(long seq, AggregateRef aggregate) {}

    private record Locked(long seq, boolean decided, boolean open) {}
}
