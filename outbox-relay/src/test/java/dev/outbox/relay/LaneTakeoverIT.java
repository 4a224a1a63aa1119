package dev.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.TestDatabase;
import dev.outbox.event.EventEnvelope;
import dev.outbox.relay.PassResult.Standby;
import dev.outbox.relay.lane.LaneStore;
import dev.outbox.store.BucketRange;
import dev.outbox.store.OutboxLog;
import dev.outbox.store.OutboxSchema;
import dev.outbox.store.ReadBudget;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two relays on one lane of a real database, the first of which is paused beyond its lease. */
class LaneTakeoverIT {

    private static final Duration TTL = Duration.ofSeconds(5);
    private static final Duration SAVE_INTERVAL = Duration.ofMillis(300);

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @BeforeEach
    void createTables() {
        new OutboxSchema(database.dataSource()).afterPropertiesSet();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

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
        String lane = lane();

        // It still trusts its lease, as a process does that was stopped for a moment too long.
        zombiesPublisher.acknowledgeAll();
        zombiesTime.advance(SAVE_INTERVAL);

        assertThat(zombie.runOnce()).isEqualTo(new Standby());
        assertThat(lane()).isEqualTo(lane);
    }

    private void commit(int events) throws SQLException {
        List<EventEnvelope> all = IntStream.range(0, events)
                .mapToObj(i -> TestEvents.event("takeover", "A"))
                .toList();
        OutboxTransaction.commit(database.dataSource(), all);
    }

    private String lane() {
        return jdbc.sql("select lane::text from outbox_lane as lane")
                .query(String.class)
                .single();
    }

    private LaneRelay relay(String owner, Ticker ticker, FakePublisher publisher) {
        ReadBudget budget = new ReadBudget(5, 1_000_000);
        return new LaneRelay(
                new LaneLease(LaneStore.postgres(database.dataSource()), 0, owner, TTL, SAVE_INTERVAL, ticker),
                new LaneReader(OutboxLog.postgres(database.dataSource()), BucketRange.ALL, budget),
                new InFlight(budget, 4, () -> {}),
                publisher,
                new Backoff(SAVE_INTERVAL, TTL, new Random(1)),
                ticker);
    }
}
