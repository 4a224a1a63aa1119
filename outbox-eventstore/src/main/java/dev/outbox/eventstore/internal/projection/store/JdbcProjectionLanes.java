package dev.outbox.eventstore.internal.projection.store;

import dev.outbox.eventstore.internal.projection.log.LogPosition;
import dev.outbox.eventstore.internal.projection.log.LogPosition.Paging;
import dev.outbox.eventstore.internal.projection.store.ProjectionLanes.Handled;
import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The statements on {@code outbox_projection_lane} and {@code outbox_projection_skip}. */
final class JdbcProjectionLanes {

    /** A row that is locked is left alone: its owner is at work, or its transaction is about to end. */
    private static final String ACQUIRE = """
            update outbox_projection_lane
            set owner = :owner, epoch = epoch + 1, lease_until = clock_timestamp() + make_interval(secs => :ttl)
            where (projection, generation, lane) = (
                select projection, generation, lane from outbox_projection_lane
                where projection = :projection and generation = :generation and lane = :lane
                    and is_filled and (owner is null or lease_until < clock_timestamp())
                for update skip locked
            )
            returning epoch, tables_in
            """;

    /** Both settings end with the transaction. Names that the first schema does not have are looked up as before. */
    private static final String PREPARE = """
            select
                set_config('idle_in_transaction_session_timeout', cast(:silence as text), true),
                case when cast(:schema as text) is not null then
                    set_config('search_path', quote_ident(:schema) || ', ' || current_setting('search_path'), true)
                end
            """;

    private static final String HELD = """
            projection = :projection and generation = :generation and lane = :lane and owner = :owner and epoch = :epoch""";

    private static final String ROW = "done::text, next::text, paged_seq, last_seq, failed_event, skip_event";

    private static final String LOCK = """
            select %s
            from outbox_projection_lane
            where %s
            for update
            """.formatted(ROW, HELD);

    private static final String LOCK_ALL = """
            select %s
            from outbox_projection_lane
            where projection = :projection and generation = :generation
            order by lane
            for update
            """.formatted(ROW);

    private static final String PROGRESS = """
            done = cast(:done as pg_snapshot),
                next = cast(:next as pg_snapshot),
                paged_seq = :pagedSeq,
                last_seq = :lastSeq,
                handled = handled + :events,
                busy_micros = busy_micros + :micros,
                saved_at = clock_timestamp(),
                failed_event = case when not :passedFailed then failed_event end,
                failed_seq = case when not :passedFailed then failed_seq end,
                failed_type = case when not :passedFailed then failed_type end,
                failed_stream = case when not :passedFailed then failed_stream end,
                failed_reason = case when not :passedFailed then failed_reason end,
                failed_at = case when not :passedFailed then failed_at end,
                skip_event = case when not :passedFailed then skip_event end""";

    private static final String SAVE = """
            update outbox_projection_lane
            set
                lease_until = clock_timestamp() + make_interval(secs => :ttl),
                %s
            where %s
            """.formatted(PROGRESS, HELD);

    private static final String SAVE_LOCKED = """
            update outbox_projection_lane
            set
                %s
            where projection = :projection and generation = :generation and lane = :lane
            """.formatted(PROGRESS);

    private static final String RENEW = """
            update outbox_projection_lane
            set lease_until = clock_timestamp() + make_interval(secs => :ttl)
            where %s
            returning %s
            """.formatted(HELD, ROW);

    private static final String FAIL = """
            update outbox_projection_lane
            set
                lease_until = clock_timestamp() + make_interval(secs => :ttl),
                failed_at = case when failed_event = :event then failed_at else clock_timestamp() end,
                failed_event = :event,
                failed_seq = :seq,
                failed_type = :type,
                failed_stream = :stream,
                failed_reason = :reason
            where %s
            """.formatted(HELD);

    private static final String RELEASE = """
            update outbox_projection_lane
            set owner = null, lease_until = null
            where %s
            """.formatted(HELD);

    /** A lane that passes over its event by decision has not stopped any more. */
    private static final String STATES = """
            select
                lane,
                case when lease_until > clock_timestamp() then owner end as owner,
                next is not null or done::text = '1:1:' as is_behind,
                handled,
                busy_micros,
                saved_at,
                case when skip_event is distinct from failed_event then failed_event end as failed_event,
                failed_seq, failed_type, failed_stream, failed_reason, failed_at
            from outbox_projection_lane
            where projection = :projection and generation = :generation
            order by lane
            """;

    private static final String IS_PAST = """
            select
                pg_visible_in_snapshot(cast(:transaction as text)::xid8, done)
                or coalesce(:seq <= paged_seq and pg_visible_in_snapshot(cast(:transaction as text)::xid8, next), false)
            from outbox_projection_lane
            where projection = :projection and generation = :generation and lane = :lane
            """;

    private static final String SKIP = """
            with stopped as (
                update outbox_projection_lane
                set skip_event = failed_event
                where projection = :projection and failed_event = :event
                returning generation, lane, failed_event, failed_seq, failed_type, failed_stream, failed_reason
            )
            insert into outbox_projection_skip
                (projection, generation, lane, event, seq, type, stream, failure, decided_by, reason)
            select
                :projection, generation, lane, failed_event, failed_seq, failed_type, failed_stream, failed_reason,
                :decidedBy, :reason
            from stopped
            """;

    private static final String ADD = """
            insert into outbox_projection_lane
                (projection, generation, lane, tables_in, done, next, paged_seq, last_seq)
            select
                :projection, :generation, lane, :schema, cast(:done as pg_snapshot), cast(:next as pg_snapshot), :pagedSeq,
                :lastSeq
            from generate_series(0, :lanes - 1) as lane
            """;

    private static final String REMOVE = """
            delete from outbox_projection_lane
            where projection = :projection and generation = :generation
            """;

    private static final String HAND_OVER = """
            update outbox_projection_lane
            set owner = null, lease_until = null, epoch = epoch + 1, is_filled = :isFilled, tables_in = null
            where projection = :projection and generation = :generation
            """;

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;

    JdbcProjectionLanes(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.transaction = BoundedTransaction.postgres(dataSource);
    }

    ProjectionLanes lanes() {
        return new Lanes();
    }

    LaneSwap swap() {
        return new Swap();
    }

    private final class Lanes implements ProjectionLanes {

        @Override
        public Optional<ProjectionLease> acquire(GenerationRef generation, int lane, String owner, Duration ttl) {
            return transaction.single(() -> of(ACQUIRE, generation)
                    .param("lane", lane)
                    .param("owner", owner)
                    .param("ttl", seconds(ttl))
                    .query((row, rowNumber) -> new ProjectionLease(
                            generation, lane, owner, row.getLong("epoch"), row.getString("tables_in"), ttl))
                    .optional());
        }

        @Override
        public void prepare(Duration silence, @Nullable String schema) {
            jdbc.sql(PREPARE)
                    .param("silence", silence.toMillis())
                    .param("schema", schema)
                    .query((row, rowNumber) -> true)
                    .single();
        }

        @Override
        public Optional<LaneRow> lock(ProjectionLease lease) {
            return held(LOCK, lease).query(JdbcProjectionLanes::laneRow).optional();
        }

        @Override
        public boolean save(ProjectionLease lease, Handled handled) {
            return progress(held(SAVE, lease), handled)
                            .param("ttl", seconds(lease.ttl()))
                            .update()
                    == 1;
        }

        @Override
        public Optional<LaneRow> renew(ProjectionLease lease) {
            return transaction.single(() -> held(RENEW, lease)
                    .param("ttl", seconds(lease.ttl()))
                    .query(JdbcProjectionLanes::laneRow)
                    .optional());
        }

        @Override
        public boolean fail(ProjectionLease lease, FailedEvent failed) {
            return transaction.single(() -> held(FAIL, lease)
                            .param("ttl", seconds(lease.ttl()))
                            .param("event", failed.id())
                            .param("seq", failed.seq())
                            .param("type", failed.type())
                            .param("stream", failed.stream())
                            .param("reason", failed.reason())
                            .update())
                    == 1;
        }

        @Override
        public void release(ProjectionLease lease) {
            transaction.single(() -> held(RELEASE, lease).update());
        }

        @Override
        public List<ProjectionLaneState> states(GenerationRef generation) {
            return of(STATES, generation).query(JdbcProjectionLanes::state).list();
        }

        @Override
        public boolean isPast(GenerationRef generation, int lane, long xid, long seq) {
            return of(IS_PAST, generation)
                    .param("lane", lane)
                    .param("transaction", Long.toString(xid))
                    .param("seq", seq)
                    .query(Boolean.class)
                    .optional()
                    .orElse(false);
        }

        @Override
        public int skip(SkippedEvent decision) {
            return transaction.single(() -> jdbc.sql(SKIP)
                    .param("projection", decision.projection())
                    .param("event", decision.event())
                    .param("decidedBy", decision.decidedBy())
                    .param("reason", decision.reason())
                    .update());
        }
    }

    /** Takes part in the transaction of its caller. */
    private final class Swap implements LaneSwap {

        @Override
        public void add(GenerationRef generation, int lanes, @Nullable String schema, LogPosition start) {
            position(of(ADD, generation), start)
                    .param("lanes", lanes)
                    .param("schema", schema)
                    .update();
        }

        @Override
        public void remove(GenerationRef generation) {
            of(REMOVE, generation).update();
        }

        @Override
        public List<LaneRow> lock(GenerationRef generation) {
            return of(LOCK_ALL, generation).query(JdbcProjectionLanes::laneRow).list();
        }

        @Override
        public void save(GenerationRef generation, int lane, Handled handled) {
            progress(of(SAVE_LOCKED, generation), handled).param("lane", lane).update();
        }

        @Override
        public void serve(GenerationRef generation) {
            of(HAND_OVER, generation).param("isFilled", true).update();
        }

        @Override
        public void retire(GenerationRef generation) {
            of(HAND_OVER, generation).param("isFilled", false).update();
        }
    }

    private StatementSpec of(String sql, GenerationRef generation) {
        return jdbc.sql(sql).param("projection", generation.projection()).param("generation", generation.number());
    }

    private StatementSpec held(String sql, ProjectionLease lease) {
        return of(sql, lease.generation())
                .param("lane", lease.lane())
                .param("owner", lease.owner())
                .param("epoch", lease.epoch());
    }

    private static StatementSpec progress(StatementSpec statement, Handled handled) {
        return position(statement, handled.position())
                .param("events", handled.events())
                .param("micros", handled.micros())
                .param("passedFailed", handled.passedFailed());
    }

    private static StatementSpec position(StatementSpec statement, LogPosition position) {
        Paging paging = position.paging();
        return statement
                .param("done", position.done())
                .param("next", paging == null ? null : paging.next())
                .param("pagedSeq", paging == null ? null : paging.seq(), java.sql.Types.BIGINT)
                .param("lastSeq", paging == null ? null : paging.lastSeq(), java.sql.Types.BIGINT);
    }

    private static LaneRow laneRow(ResultSet row, int rowNumber) throws SQLException {
        String next = row.getString("next");
        Paging paging = next == null ? null : new Paging(next, row.getLong("paged_seq"), row.getLong("last_seq"));
        return new LaneRow(
                new LogPosition(row.getString("done"), paging),
                row.getObject("failed_event", UUID.class),
                row.getObject("skip_event", UUID.class));
    }

    private static ProjectionLaneState state(ResultSet row, int rowNumber) throws SQLException {
        UUID failed = row.getObject("failed_event", UUID.class);
        return new ProjectionLaneState(
                row.getInt("lane"),
                row.getString("owner"),
                row.getBoolean("is_behind"),
                row.getLong("handled"),
                row.getLong("busy_micros"),
                time(row, "saved_at"),
                failed == null
                        ? null
                        : new FailedEvent(
                                failed,
                                row.getLong("failed_seq"),
                                row.getString("failed_type"),
                                row.getString("failed_stream"),
                                row.getString("failed_reason"),
                                time(row, "failed_at")));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
