package dev.outbox.relay.internal.lease;

import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.relay.internal.lease.LaneOverview.Holding;
import dev.outbox.relay.internal.log.LanePosition;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.PositionAheadException;
import dev.outbox.relay.internal.log.PublishedEvents;
import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.relay.lane.KnownRelay;
import dev.outbox.relay.lane.LaneBoard;
import dev.outbox.relay.lane.LaneHolding;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The statements on {@code outbox_lane}, a row for each lane, and on {@code outbox_relay}, a row for each relay that shares
 * them.
 */
final class JdbcLanes {

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
     * A lane that the relay still owns, on the server and the storage on which it acquired it. A position that this server
     * cannot have reached comes from its storage before that was set back.
     */
    private static final String HELD =
            "lane = :lane and owner = :owner and epoch = :epoch and history = outbox_history()"
                    + " and :reached <= pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

    /**
     * Sets marks for finding the beginning of a backlog. A mark consists of the end of the sequence and the id of the
     * transaction that saves it, which is assigned after the sequence was read: every later transaction draws a higher
     * {@code seq}. When the position has passed the last mark, that mark becomes its floor, and a new mark is set. The
     * sequence is read first because it is joined: the values to set are computed from the joined row.
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
            where %s
            """.formatted(HELD);

    private static final String RELEASE = """
            update outbox_lane
            set owner = null, lease_until = null, position = :position
            where %s
            """.formatted(HELD);

    /**
     * A relay that counted as gone comes back as the one that joined last, and takes lanes from no other relay. A relay that
     * looks again while three quarters of its time are left writes nothing: a relay that stands by looks at each poll.
     */
    private static final String JOIN = """
            with written as (
                insert into outbox_relay as current (relay, lanes, joined_at, lease_until)
                select :relay, :lanes, clock_timestamp(), clock_timestamp() + make_interval(secs => :ttl)
                where not exists (
                    select 1 from outbox_relay
                    where relay = :relay and lanes = :lanes
                        and lease_until > clock_timestamp() + make_interval(secs => :ttl * 3 / 4)
                )
                on conflict (relay) do update
                set lanes = excluded.lanes, lease_until = excluded.lease_until, joined_at =
                    case when current.lease_until > clock_timestamp() then current.joined_at else excluded.joined_at end
                returning relay, lanes, joined_at
            ), self as (
                select relay, lanes, joined_at from written
                union all
                select relay, lanes, joined_at from outbox_relay
                where relay = :relay and not exists (select 1 from written)
            ), running as (
                select relay, lanes, joined_at from outbox_relay
                where relay <> :relay and lease_until > clock_timestamp()
                union all
                select relay, lanes, joined_at from self
            )
            select
                (select lanes from running order by joined_at desc, relay desc limit 1) as wanted,
                (select count(*) from running) as relays,
                (select count(*) from running, self
                    where (running.joined_at, running.relay) < (self.joined_at, self.relay)) as rank,
                lane.lane,
                lane.lanes,
                case when lane.lease_until > clock_timestamp() then lane.owner end as owner
            from (values (true)) as always left join outbox_lane as lane on true
            order by lane.lane
            """;

    /** Also removes what other relays left behind long ago. */
    private static final String LEAVE = """
            delete from outbox_relay
            where relay = :relay or lease_until < clock_timestamp() - interval '1 day'
            """;

    private static final String LOCK = """
            lock table outbox_lane in exclusive mode
            """;

    private static final String OLD_LANES = """
            select lane, lanes, epoch, position, floor_seq, floor_xid, history, coalesce(lease_until > clock_timestamp(), false) as owned
            from outbox_lane
            order by lane
            """;

    private static final String REMOVE_OLD_LANES = """
            delete from outbox_lane
            """;

    private static final String ADD_NEW_LANE = """
            insert into outbox_lane (lane, lanes, epoch, position, floor_seq, floor_xid, mark_seq, mark_xid, history)
            values (:lane, :lanes, :epoch, :position, :floorSeq, :floorXid, :floorSeq, :floorXid, :history)
            """;

    private static final String POSITIONS = """
            select
                lane,
                position,
                pg_current_snapshot()::text as current,
                split_part(history, '/', 1) <> split_part(outbox_history(), '/', 1) as is_foreign
            from outbox_lane
            order by lane
            """;

    private static final String FORGET = """
            update outbox_lane
            set owner = null, lease_until = null, epoch = epoch + 1, position = null, history = null,
                floor_seq = 0, floor_xid = 0, mark_seq = 0, mark_xid = 0
            """;

    private static final String SET = """
            update outbox_lane
            set owner = null, lease_until = null, epoch = epoch + 1, position = :position, history = null,
                floor_seq = 0, floor_xid = 0, mark_seq = 0, mark_xid = 0
            """;

    /** While a backlog is paged, a position has two snapshots, and either may be ahead. */
    private static final String KEEP = """
            update outbox_lane
            set owner = null, lease_until = null, epoch = epoch + 1, history = null
            where not exists (
                select 1 from outbox_lane
                where greatest(
                        split_part(split_part(position, '|', 1), ':', 2)::bigint,
                        nullif(split_part(split_part(position, '|', 2), ':', 2), '')::bigint)
                    > pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            )
            """;

    private static final String BOARD = """
            select
                lane,
                epoch,
                case when lease_until > clock_timestamp() then owner end as owner,
                greatest(0, coalesce(extract(epoch from lease_until - clock_timestamp()), 0)) as lease_left
            from outbox_lane
            order by lane
            """;

    private static final String RELAYS = """
            select relay, lanes, joined_at, lease_until > clock_timestamp() as is_running
            from outbox_relay
            order by joined_at, relay
            """;

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;

    JdbcLanes(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.transaction = BoundedTransaction.postgres(dataSource);
    }

    LaneStore leases() {
        return new Leases();
    }

    LaneLayout layout() {
        return new Layout();
    }

    LanePositions positions() {
        return new Positions();
    }

    LaneBoard board() {
        return new Board();
    }

    /** One lane, for the relay that owns it. */
    private final class Leases implements LaneStore {

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
    }

    /** The lanes as a whole, and the relays that share them. */
    private final class Layout implements LaneLayout {

        @Override
        public LaneOverview join(String relay, int lanes, Duration ttl) {
            return transaction.single(() -> jdbc.sql(JOIN)
                    .param("relay", relay)
                    .param("lanes", lanes)
                    .param("ttl", seconds(ttl))
                    .query(JdbcLanes::overview));
        }

        @Override
        public void leave(String relay) {
            transaction.single(() -> jdbc.sql(LEAVE).param("relay", relay).update());
        }

        @Override
        public boolean change(int from, int to) {
            return transaction.execute(() -> changeUnderLock(from, to));
        }

        private boolean changeUnderLock(int from, int to) {
            jdbc.sql(LOCK).update();
            List<StoredLane> old =
                    jdbc.sql(OLD_LANES).query(JdbcLanes::storedLane).list();
            if (old.size() != from || old.stream().anyMatch(StoredLane::owned)) {
                return false;
            }
            jdbc.sql(REMOVE_OLD_LANES).update();
            StoredLane.divide(old, to).forEach(this::add);
            return true;
        }

        private void add(StoredLane added) {
            jdbc.sql(ADD_NEW_LANE)
                    .param("lane", added.lane().number())
                    .param("lanes", added.lane().count())
                    .param("epoch", added.epoch())
                    .param("position", added.position().toString())
                    .param("floorSeq", added.floorSeq())
                    .param("floorXid", added.floorXid())
                    .param("history", added.history())
                    .update();
        }
    }

    /** The positions of all lanes together. */
    private final class Positions implements LanePositions {

        @Override
        public PublishedEvents published() {
            return LanePosition.published(ofLanes());
        }

        @Override
        public List<LanePosition> ofLanes() {
            return jdbc.sql(POSITIONS)
                    .query((row, rowNumber) -> new LanePosition(
                            row.getInt("lane"),
                            row.getString("position"),
                            Snapshot.parse(row.getString("current")),
                            row.getBoolean("is_foreign")))
                    .list();
        }

        @Override
        public int forget() {
            return transaction.single(() -> jdbc.sql(FORGET).update());
        }

        @Override
        public int set(Position position) {
            return transaction.single(
                    () -> jdbc.sql(SET).param("position", position.toString()).update());
        }

        @Override
        public int keep() {
            return transaction.single(() -> jdbc.sql(KEEP).update());
        }
    }

    /** For people. */
    private final class Board implements LaneBoard {

        @Override
        public List<LaneHolding> lanes() {
            return jdbc.sql(BOARD)
                    .query((row, rowNumber) -> new LaneHolding(
                            row.getInt("lane"), row.getString("owner"), row.getLong("epoch"), Duration.ofMillis((long)
                                    (row.getDouble("lease_left") * 1_000))))
                    .list();
        }

        @Override
        public List<KnownRelay> relays() {
            return jdbc.sql(RELAYS)
                    .query((row, rowNumber) -> new KnownRelay(
                            row.getString("relay"),
                            row.getInt("lanes"),
                            row.getObject("joined_at", OffsetDateTime.class).toInstant(),
                            row.getBoolean("is_running")))
                    .list();
        }
    }

    private static double seconds(Duration ttl) {
        return ttl.toNanos() / 1e9;
    }

    private static StoredLane storedLane(ResultSet row, int rowNumber) throws SQLException {
        return new StoredLane(
                new Lane(row.getInt("lane"), row.getInt("lanes")),
                row.getLong("epoch"),
                position(row),
                row.getLong("floor_seq"),
                row.getLong("floor_xid"),
                row.getString("history"),
                row.getBoolean("owned"));
    }

    /** The first row always exists, because it carries the data about the relays; without a lane its columns are null. */
    private static LaneOverview overview(ResultSet row) throws SQLException {
        row.next();
        int wanted = row.getInt("wanted");
        int relays = row.getInt("relays");
        int rank = row.getInt("rank");
        List<Holding> lanes = new ArrayList<>();
        if (row.getObject("lane") != null) {
            do {
                @Nullable String owner = row.getString("owner");
                lanes.add(new Holding(new Lane(row.getInt("lane"), row.getInt("lanes")), owner));
            } while (row.next());
        }
        return new LaneOverview(wanted, relays, rank, lanes);
    }

    private static Acquired acquired(ResultSet row) throws SQLException {
        return new Acquired(
                row.getLong("epoch"),
                position(row),
                row.getString("history"),
                row.getString("here"),
                row.getLong("next"),
                row.getBoolean("is_ours"),
                row.getBoolean("is_ahead"));
    }

    /** {@return the position; for a lane that has not published anything yet, the start} */
    private static Position position(ResultSet row) throws SQLException {
        String position = row.getString("position");
        return position == null ? Position.START : Position.parse(position);
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
