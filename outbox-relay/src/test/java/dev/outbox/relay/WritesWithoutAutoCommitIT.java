package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneLayout;
import dev.outbox.relay.internal.lease.LaneStore;
import dev.outbox.relay.internal.lease.Lease;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.relay.internal.parking.Parking;
import dev.outbox.relay.internal.parking.ParkingStore;
import dev.outbox.relay.internal.slot.OutboxSlots;
import dev.outbox.relay.internal.slot.SlotResult;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.rebase.LaneRebase;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every write of the relay, by a pool whose connections do not commit by themselves. */
class WritesWithoutAutoCommitIT {

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Position SAVED = Position.at(new Snapshot(7, 7, List.of()));

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final HikariDataSource pool = new HikariDataSource();

    @BeforeEach
    void prepare() {
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(2);
        pool.setAutoCommit(false);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aLaneIsAcquiredSavedAndReleased() {
        LaneStore lanes = LaneStore.postgres(pool);

        Lease lease = lanes.acquire(Lane.ONLY, "relay", TTL).orElseThrow();
        assertThat(lane("owner")).isEqualTo("relay");
        assertThat(lanes.renew(lease, SAVED)).isTrue();
        assertThat(lane("position")).isEqualTo(SAVED.toString());
        assertThat(lanes.release(lease, SAVED)).isTrue();
        assertThat(lane("owner")).isEqualTo("none");
    }

    @Test
    void aRelayJoinsAndLeaves() {
        LaneLayout layout = LaneLayout.postgres(pool);

        layout.join("relay", 1, TTL);
        assertThat(count("outbox_relay")).isOne();
        layout.leave("relay");
        assertThat(count("outbox_relay")).isZero();
    }

    @Test
    void positionsAreKeptAndForgotten() {
        LaneStore lanes = LaneStore.postgres(pool);
        lanes.release(lanes.acquire(Lane.ONLY, "relay", TTL).orElseThrow(), SAVED);
        String epoch = lane("epoch::text");

        LaneRebase.postgres(pool).keep();
        assertThat(lane("epoch::text")).isNotEqualTo(epoch);
        LaneRebase.postgres(pool).republish();
        assertThat(lane("position")).isEqualTo("none");
    }

    @Test
    void decisionsAboutParkedEventsAreMade() throws SQLException {
        EventEnvelope one = event("t", "one");
        OutboxTransaction.commit(database.dataSource(), List.of(one, event("t", "two"), event("t", "three")));
        List<Parking> all = jdbc.sql("select seq from outbox_event")
                .query((row, rowNumber) -> new Parking(row.getLong("seq"), "for a test", false))
                .list();
        ParkingStore.postgres(database.dataSource()).park(all);
        ParkedEvents parked = ParkingStore.decisions(pool);

        assertThat(parked.discard(one.id())).isTrue();
        assertThat(parked.discard(aggregate("two"))).isOne();
        assertThat(parked.release(aggregate("three"))).isOne();

        assertThat(count("outbox_parked where discarded_at is not null")).isEqualTo(2);
        assertThat(count("outbox_parked where release_requested_at is not null"))
                .isEqualTo(3);
        jdbc.sql("truncate outbox_event").update();
        jdbc.sql("update outbox_parked set release_requested_at = null").update();
        assertThat(parked.removeDiscarded()).isEqualTo(2);
        assertThat(count("outbox_parked")).isOne();
    }

    @Test
    void aSlotIsTruncated() throws SQLException {
        OutboxTransaction.commit(database.dataSource(), List.of(event("t", "one")));
        int slot =
                jdbc.sql("select slot from outbox_event").query(Integer.class).single();
        jdbc.sql("update outbox_lane set position = pg_current_snapshot()::text, history = outbox_history()")
                .update();

        assertThat(OutboxSlots.postgres(pool).truncate(slot)).isInstanceOf(SlotResult.Truncated.class);
        assertThat(count("outbox_event")).isZero();
    }

    private static AggregateRef aggregate(String id) {
        return new AggregateRef(event("t", id).aggregate().type(), id);
    }

    private String lane(String column) {
        return jdbc.sql("select coalesce(%s, 'none') from outbox_lane".formatted(column))
                .query(String.class)
                .single();
    }

    private int count(String rows) {
        return jdbc.sql("select count(*) from " + rows).query(Integer.class).single();
    }
}
