package dev.outbox.relay.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.event.EventEnvelope;
import dev.outbox.relay.OutboxTransaction;
import dev.outbox.relay.TestEvents;
import dev.outbox.relay.internal.lane.PassResult.Standby;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneLayout;
import dev.outbox.relay.internal.lease.LaneStore;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.pace.Backoff;
import dev.outbox.relay.internal.pace.ManualTicker;
import dev.outbox.relay.internal.pace.Ticker;
import dev.outbox.relay.internal.parking.InMemoryParkingStore;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two relays on one lane of a real database, the first of which is paused beyond its lease. */
class LaneTakeoverIT {

    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Duration SAVE_INTERVAL = Duration.ofMillis(300);

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @Test
    void aPausedOwnerThatComesBackMovesNothing() throws SQLException {
        ManualTicker zombiesTime = new ManualTicker();
        FakePublisher zombiesPublisher = new FakePublisher();
        LaneRelay zombie = relay("zombie", zombiesTime, zombiesPublisher);
        commit(10);
        zombie.runOnce();
        jdbc.sql("update outbox_lane set lease_until = clock_timestamp()").update();

        ManualTicker time = new ManualTicker();
        FakePublisher publisher = new FakePublisher();
        LaneRelay successor = relay("successor", time, publisher);
        successor.runOnce();
        assertThat(publisher.sent()).isEqualTo(zombiesPublisher.sent());
        publisher.acknowledge(5);
        time.advance(SAVE_INTERVAL);
        successor.runOnce();
        List<@Nullable String> lane = lanes();

        // It still trusts its lease, as a process does that was stopped for a moment too long.
        zombiesPublisher.acknowledgeAll();
        zombiesTime.advance(SAVE_INTERVAL);

        assertThat(zombie.runOnce()).isEqualTo(new Standby());
        assertThat(lanes()).isEqualTo(lane);
    }

    /** A standby that was promoted gives out anew the transaction ids that it had not seen. */
    @Test
    void anOwnerPausedDuringAFailoverSendsNoEventBeforeAnEarlierOne() throws SQLException {
        FakePublisher zombiesPublisher = new FakePublisher();
        LaneRelay zombie = relay("zombie", new ManualTicker(), zombiesPublisher);
        commit(2);
        zombie.runOnce();
        List<Long> sent = List.copyOf(zombiesPublisher.sent());
        assertThat(sent).hasSize(2);

        jdbc.sql("""
                        update outbox_lane
                        set lease_until = clock_timestamp(), history = split_part(history, '/', 1) || '/000000FE'
                        """).update();
        relay("successor", new ManualTicker(), new FakePublisher()).runOnce();
        commit(1);
        jdbc.sql("update outbox_event set xid = 3 where seq = (select max(seq) from outbox_event)")
                .update();
        commit(1);

        // It still trusts its lease, and nothing is due to be saved.
        assertThat(zombie.runOnce()).isEqualTo(new Standby());
        assertThat(zombiesPublisher.sent()).isEqualTo(sent);
    }

    @Test
    void anOwnerPausedWhileTheLanesAreDividedAnewMovesNothing() throws SQLException {
        ManualTicker zombiesTime = new ManualTicker();
        FakePublisher zombiesPublisher = new FakePublisher();
        LaneRelay zombie = relay("zombie", zombiesTime, zombiesPublisher);
        commit(10);
        zombie.runOnce();
        jdbc.sql("update outbox_lane set lease_until = clock_timestamp()").update();

        assertThat(LaneLayout.postgres(database.dataSource()).change(1, 2)).isTrue();
        FakePublisher publisher = new FakePublisher();
        ManualTicker time = new ManualTicker();
        LaneRelay first = relay(new Lane(0, 2), "first", time, publisher);
        LaneRelay second = relay(new Lane(1, 2), "second", time, publisher);
        first.runOnce();
        second.runOnce();
        assertThat(publisher.sent()).as("one of the two has the key").isEqualTo(zombiesPublisher.sent());
        List<@Nullable String> lanes = lanes();

        zombiesPublisher.acknowledgeAll();
        zombiesTime.advance(SAVE_INTERVAL);

        assertThat(zombie.runOnce()).isEqualTo(new Standby());
        assertThat(zombie.runOnce()).isEqualTo(new Standby());
        assertThat(lanes()).isEqualTo(lanes);
    }

    private void commit(int events) throws SQLException {
        List<EventEnvelope> all = IntStream.range(0, events)
                .mapToObj(i -> TestEvents.event("takeover", "A"))
                .toList();
        OutboxTransaction.commit(database.dataSource(), all);
    }

    private List<@Nullable String> lanes() {
        return jdbc.sql("select lane::text from outbox_lane as lane order by lane")
                .query(String.class)
                .list();
    }

    private LaneRelay relay(String owner, Ticker ticker, FakePublisher publisher) {
        return relay(Lane.ONLY, owner, ticker, publisher);
    }

    private LaneRelay relay(Lane lane, String owner, Ticker ticker, FakePublisher publisher) {
        ReadBudget budget = new ReadBudget(5, 1_000_000);
        return new LaneRelay(
                new LaneLease(LaneStore.postgres(database.dataSource()), lane, owner, TTL, SAVE_INTERVAL, ticker),
                new LaneReader(OutboxLog.postgres(database.dataSource()), lane.buckets(), budget),
                new InFlight(budget, 4, () -> {}),
                InMemoryParkingStore.stopping(publisher),
                new Backoff(SAVE_INTERVAL, TTL, new Random(1)),
                ticker);
    }
}
