package dev.outbox.relay.internal.lease;

import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.PositionAheadException;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The statements on a row of {@code outbox_lane}. */
final class JdbcLaneStore implements LaneStore {

    /**
     * A live lease of another relay is found before the row is touched: a relay that stands by writes nothing. The condition
     * is checked again under the row lock, which decides between two relays that come at once. A relay that has lost its own
     * lease to a restart of the server need not wait until it expires.
     */
    private static final String ACQUIRE = """
            update outbox_lane
            set
                owner = case when is_ours and not is_ahead then :owner end,
                lease_until = case when is_ours and not is_ahead then clock_timestamp() + make_interval(secs => :ttl) end,
                history = case when is_ours then here else history end,
                epoch = epoch + 1
            from (
                select
                    here,
                    next,
                    lane.history is null or split_part(lane.history, '/', 1) = split_part(here, '/', 1) as is_ours,
                    coalesce(greatest(
                        split_part(split_part(lane.position, '|', 1), ':', 2)::bigint,
                        nullif(split_part(split_part(lane.position, '|', 2), ':', 2), '')::bigint) > next, false) as is_ahead
                from outbox_history() as here,
                    (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next) as current,
                    outbox_lane as lane
                where lane.lane = :lane
            ) as server
            where lane = :lane and lanes = :lanes
                and (lease_until is null or lease_until <= clock_timestamp() or owner = :owner)
            returning epoch, position, history, here, next, is_ours, is_ahead
            """;

    /**
     * Sets marks for finding the beginning of a backlog. A mark consists of the end of the sequence and the id of the
     * transaction that saves it, which is assigned after the sequence was read: every later transaction draws a higher
     * {@code seq}. When the position has passed the last mark, that mark becomes its floor, and a new mark is set. The
     * sequence is read first because it is joined: the values to set are computed from the joined row.
     *
     * <p>A position that this server cannot have reached comes from its storage before that was set back.
     */
    private static final String RENEW = """
            update outbox_lane
            set
                lease_until = clock_timestamp() + make_interval(secs => :ttl),
                position = :position,
                floor_seq = case when mark_xid < :xmax then mark_seq else floor_seq end,
                floor_xid = case when mark_xid < :xmax then mark_xid else floor_xid end,
                mark_seq = case when mark_xid < :xmax then sequence.drawn else mark_seq end,
                mark_xid = case when mark_xid < :xmax then pg_current_xact_id()::text::bigint else mark_xid end
            from (
                select case when is_called then last_value else last_value - 1 end as drawn from outbox_event_seq offset 0
            ) as sequence
            where lane = :lane and owner = :owner and epoch = :epoch and history = outbox_history()
                and :reached <= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            """;

    private static final String RELEASE = """
            update outbox_lane
            set owner = null, lease_until = null, position = :position
            where lane = :lane and owner = :owner and epoch = :epoch and history = outbox_history()
                and :reached <= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            """;

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;

    JdbcLaneStore(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.transaction = BoundedTransaction.postgres(dataSource);
    }

    @Override
    public Optional<Lease> acquire(Lane lane, String owner, Duration ttl) {
        return transaction
                .single(() -> jdbc.sql(ACQUIRE)
                        .param("lane", lane.number())
                        .param("lanes", lane.count())
                        .param("owner", owner)
                        .param("ttl", seconds(ttl))
                        .query((row, rowNumber) -> acquired(row))
                        .optional())
                .map(acquired -> acquired.lease(lane, owner, ttl));
    }

    @Override
    public boolean renew(Lease lease, Position position) {
        return transaction.single(() -> isSaved(lease, position));
    }

    @Override
    public boolean renew(Lease lease, Position position, Runnable changes) {
        return transaction.execute(lease.ttl(), () -> {
            boolean renewed = isSaved(lease, position);
            if (renewed) {
                changes.run();
            }
            return renewed;
        });
    }

    @Override
    public boolean release(Lease lease, Position position) {
        return transaction.single(() -> fenced(RELEASE, lease, position).update() == 1);
    }

    private boolean isSaved(Lease lease, Position position) {
        return fenced(RENEW, lease, position)
                        .param("xmax", position.done().xmax())
                        .param("ttl", seconds(lease.ttl()))
                        .update()
                == 1;
    }

    private StatementSpec fenced(String sql, Lease lease, Position position) {
        return jdbc.sql(sql)
                .param("lane", lease.lane().number())
                .param("owner", lease.owner())
                .param("epoch", lease.epoch())
                .param("position", position.toString())
                .param("reached", position.xmax());
    }

    private static double seconds(Duration ttl) {
        return ttl.toNanos() / 1e9;
    }

    private static Acquired acquired(ResultSet row) throws SQLException {
        return new Acquired(
                row.getLong("epoch"),
                PositionColumn.read(row),
                row.getString("history"),
                row.getString("here"),
                row.getLong("next"),
                row.getBoolean("is_ours"),
                row.getBoolean("is_ahead"));
    }

    /** A lane with a higher epoch, which no relay owns if its position is not of this server. */
    private record Acquired(
            long epoch, Position position, String history, String here, long next, boolean isOurs, boolean isAhead) {

        Lease lease(Lane lane, String owner, Duration ttl) {
            if (!isOurs) {
                throw new ForeignPositionException(lane, history, here);
            }
            if (isAhead) {
                throw new PositionAheadException(position, next);
            }
            return new Lease(lane, owner, epoch, ttl, position);
        }
    }
}
