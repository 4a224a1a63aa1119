package dev.outbox.relay.internal.lease;

import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.relay.internal.lease.LaneOverview.Holding;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements on {@code outbox_relay}, and those on {@code outbox_lane} as a whole. */
final class JdbcLaneLayout implements LaneLayout {

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

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;

    JdbcLaneLayout(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.transaction = BoundedTransaction.postgres(dataSource);
    }

    @Override
    public LaneOverview join(String relay, int lanes, Duration ttl) {
        return transaction.single(() -> jdbc.sql(JOIN)
                .param("relay", relay)
                .param("lanes", lanes)
                .param("ttl", ttl.toNanos() / 1e9)
                .query(JdbcLaneLayout::overview));
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
        List<OldLane> old = jdbc.sql(OLD_LANES).query(JdbcLaneLayout::oldLane).list();
        if (old.size() != from || old.stream().anyMatch(OldLane::owned)) {
            return false;
        }
        long epoch = old.stream().mapToLong(OldLane::epoch).max().orElse(0) + 1;
        jdbc.sql(REMOVE_OLD_LANES).update();
        IntStream.range(0, to).mapToObj(number -> new Lane(number, to)).forEach(lane -> add(lane, epoch, old));
        return true;
    }

    private void add(Lane lane, long epoch, List<OldLane> old) {
        Position start = old.stream()
                .filter(candidate -> candidate.lane().overlaps(lane))
                .map(OldLane::position)
                .reduce(Position::sharedWith)
                .orElse(Position.START);
        // Any lane's floor is valid for all lanes, but the position has to be past it. It is the mark too: the first
        // save makes it the floor.
        OldLane lowest =
                old.stream().min(Comparator.comparingLong(OldLane::floorXid)).orElse(null);
        jdbc.sql(ADD_NEW_LANE)
                .param("lane", lane.number())
                .param("lanes", lane.count())
                .param("epoch", epoch)
                .param("position", start.toString())
                .param("floorSeq", lowest == null ? 0 : lowest.floorSeq())
                .param("floorXid", lowest == null ? 0 : lowest.floorXid())
                .param("history", old.isEmpty() ? null : old.get(0).history())
                .update();
    }

    private static OldLane oldLane(ResultSet row, int rowNumber) throws SQLException {
        return new OldLane(
                new Lane(row.getInt("lane"), row.getInt("lanes")),
                row.getLong("epoch"),
                PositionColumn.read(row),
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

    private record OldLane(
            Lane lane,
            long epoch,
            Position position,
            long floorSeq,
            long floorXid,
            @Nullable String history,
            boolean owned) {}
}
