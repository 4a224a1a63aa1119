package dev.outbox.relay.internal.lease;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.UtcColumn;
import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.relay.internal.lease.LaneOverview.Holding;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.lane.KnownRelay;
import dev.outbox.relay.lane.LaneBoard;
import dev.outbox.relay.lane.LaneHolding;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The same statements as those of {@link JdbcLanes} for databases whose events are deleted when they are published. A lane has no
 * position there: what is in the table is still to be published. Times are those of the server, in UTC.
 */
final class JdbcPortableLanes {

    /** The condition is checked under the row lock, which decides between two relays that come at once. */
    private static final String ACQUIRE = """
            update outbox_lane
            set owner = :owner, lease_until = timestampadd(microsecond, :ttl, %1$s), epoch = epoch + 1
            where lane = :lane and lanes = :lanes
                and (lease_until is null or lease_until <= %1$s or owner = :owner)
            """;

    private static final String EPOCH = """
            select epoch from outbox_lane where lane = :lane
            """;

    private static final String RENEW = """
            update outbox_lane
            set lease_until = timestampadd(microsecond, :ttl, %s)
            where lane = :lane and owner = :owner and epoch = :epoch
            """;

    private static final String RELEASE = """
            update outbox_lane
            set owner = null, lease_until = null
            where lane = :lane and owner = :owner and epoch = :epoch
            """;

    private static final String IS_JOINED = """
            select count(*)
            from outbox_relay
            where relay = :relay and lanes = :lanes and lease_until > timestampadd(microsecond, :ttl * 3 / 4, %s)
            """;

    /**
     * A relay that counted as gone comes back as the one that joined last, and takes lanes from no other relay. The columns are
     * set in this order, because some databases compute with those that are set before.
     */
    private static final String STAY = """
            update outbox_relay
            set
                joined_at = case when lease_until > %1$s then joined_at else %1$s end,
                lanes = :lanes,
                lease_until = timestampadd(microsecond, :ttl, %1$s)
            where relay = :relay
            """;

    private static final String JOIN = """
            insert into outbox_relay (relay, lanes, joined_at, lease_until)
            values (:relay, :lanes, %1$s, timestampadd(microsecond, :ttl, %1$s))
            """;

    private static final String RUNNING = """
            select relay, lanes
            from outbox_relay
            where relay = :relay or lease_until > %s
            order by joined_at, relay
            """;

    private static final String LANES = """
            select lane, lanes, case when lease_until > %s then owner end as owner
            from outbox_lane
            order by lane
            """;

    /** Also removes what other relays left behind long ago. */
    private static final String LEAVE = """
            delete from outbox_relay
            where relay = :relay or lease_until < timestampadd(day, -1, %s)
            """;

    /** Whoever changes the lanes locks all of them, and so do those who acquire one, one by one. */
    private static final String OLD_LANES = """
            select lane, epoch, case when lease_until > %s then 1 else 0 end as owned
            from outbox_lane
            order by lane
            for update
            """;

    private static final String REMOVE_OLD_LANES = """
            delete from outbox_lane
            """;

    private static final String ADD_NEW_LANE = """
            insert into outbox_lane (lane, lanes, epoch)
            values (:lane, :lanes, :epoch)
            """;

    private static final String BOARD = """
            select
                lane,
                epoch,
                case when lease_until > %1$s then owner end as owner,
                case when lease_until > %1$s then lease_until end as lease_until,
                %1$s as looked_at
            from outbox_lane
            order by lane
            """;

    private static final String RELAYS = """
            select relay, lanes, joined_at, case when lease_until > %s then 1 else 0 end as is_running
            from outbox_relay
            order by joined_at, relay
            """;

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;
    private final String now;

    JdbcPortableLanes(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.transaction = BoundedTransaction.on(product, dataSource);
        this.now = product.now();
    }

    LaneStore leases() {
        return new Leases();
    }

    LaneBoard board() {
        return new Board();
    }

    LaneLayout layout() {
        return new Layout();
    }

    /** One lane, for the relay that owns it. */
    private final class Leases implements LaneStore {

        @Override
        public Optional<Lease> acquire(Lane lane, String owner, Duration ttl) {
            return transaction.execute(() -> {
                boolean acquired = timed(ACQUIRE)
                                .param("lane", lane.number())
                                .param("lanes", lane.count())
                                .param("owner", owner)
                                .param("ttl", micros(ttl))
                                .update()
                        == 1;
                return acquired
                        ? Optional.of(new Lease(lane, owner, epoch(lane), ttl, Position.START))
                        : Optional.empty();
            });
        }

        @Override
        public boolean renew(Lease lease, Position position) {
            return transaction.single(() -> isRenewed(lease));
        }

        @Override
        public boolean renew(Lease lease, Position position, Runnable changes) {
            return transaction.execute(lease.ttl(), () -> {
                boolean renewed = isRenewed(lease);
                if (renewed) {
                    changes.run();
                }
                return renewed;
            });
        }

        @Override
        public boolean release(Lease lease, Position position) {
            return transaction.single(() -> fenced(jdbc.sql(RELEASE), lease).update() == 1);
        }

        private long epoch(Lane lane) {
            return jdbc.sql(EPOCH)
                    .param("lane", lane.number())
                    .query(Long.class)
                    .single();
        }

        private boolean isRenewed(Lease lease) {
            return fenced(timed(RENEW), lease).param("ttl", micros(lease.ttl())).update() == 1;
        }

        private static StatementSpec fenced(StatementSpec statement, Lease lease) {
            return statement
                    .param("lane", lease.lane().number())
                    .param("owner", lease.owner())
                    .param("epoch", lease.epoch());
        }
    }

    /** The lanes as a whole, and the relays that share them. */
    private final class Layout implements LaneLayout {

        @Override
        public LaneOverview join(String relay, int lanes, Duration ttl) {
            if (member(timed(IS_JOINED), relay, lanes, ttl).query(Long.class).single() == 0) {
                transaction.execute(() -> member(timed(STAY), relay, lanes, ttl).update() == 1
                        || member(timed(JOIN), relay, lanes, ttl).update() == 1);
            }
            List<Member> running = timed(RUNNING)
                    .param("relay", relay)
                    .query((row, rowNumber) -> new Member(row.getString("relay"), row.getInt("lanes")))
                    .list();
            int rank = 0;
            while (!running.get(rank).relay().equals(relay)) {
                rank++;
            }
            return new LaneOverview(running.get(running.size() - 1).lanes(), running.size(), rank, holdings());
        }

        @Override
        public void leave(String relay) {
            transaction.single(() -> timed(LEAVE).param("relay", relay).update());
        }

        @Override
        public boolean change(int from, int to) {
            return transaction.execute(() -> changeUnderLock(from, to));
        }

        private boolean changeUnderLock(int from, int to) {
            List<Old> old = timed(OLD_LANES)
                    .query((row, rowNumber) -> new Old(row.getLong("epoch"), row.getBoolean("owned")))
                    .list();
            if (old.size() != from || old.stream().anyMatch(Old::owned)) {
                return false;
            }
            long epoch = old.stream().mapToLong(Old::epoch).max().orElse(0) + 1;
            jdbc.sql(REMOVE_OLD_LANES).update();
            for (int number = 0; number < to; number++) {
                jdbc.sql(ADD_NEW_LANE)
                        .param("lane", number)
                        .param("lanes", to)
                        .param("epoch", epoch)
                        .update();
            }
            return true;
        }

        private List<Holding> holdings() {
            return timed(LANES)
                    .query((row, rowNumber) ->
                            new Holding(new Lane(row.getInt("lane"), row.getInt("lanes")), row.getString("owner")))
                    .list();
        }

        private static StatementSpec member(StatementSpec statement, String relay, int lanes, Duration ttl) {
            return statement.param("relay", relay).param("lanes", lanes).param("ttl", micros(ttl));
        }
    }

    /** For people. */
    private final class Board implements LaneBoard {

        @Override
        public List<LaneHolding> lanes() {
            return timed(BOARD)
                    .query((row, rowNumber) -> new LaneHolding(
                            row.getInt("lane"), row.getString("owner"), row.getLong("epoch"), leaseLeft(row)))
                    .list();
        }

        @Override
        public List<KnownRelay> relays() {
            return timed(RELAYS)
                    .query((row, rowNumber) -> new KnownRelay(
                            row.getString("relay"),
                            row.getInt("lanes"),
                            UtcColumn.read(row, "joined_at"),
                            row.getBoolean("is_running")))
                    .list();
        }

        private static Duration leaseLeft(ResultSet row) throws SQLException {
            Instant leaseUntil = UtcColumn.find(row, "lease_until");
            return leaseUntil == null ? Duration.ZERO : Duration.between(UtcColumn.read(row, "looked_at"), leaseUntil);
        }
    }

    private StatementSpec timed(String sql) {
        return jdbc.sql(sql.formatted(now));
    }

    private static long micros(Duration ttl) {
        return ttl.toNanos() / 1_000;
    }

    private record Member(String relay, int lanes) {}

    private record Old(long epoch, boolean owned) {}
}
