package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.event.EventEnvelope;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RelayHandOverIT {

    private static final int EVENTS = 1_000;

    private final String topic = "hand-over-" + UUID.randomUUID();

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic);

    @AfterEach
    void cleanUp() {
        reader.close();
    }

    @Test
    void aStoppedRelayDrainsAndLetsTheNextOneInAtOnce() throws SQLException {
        // No lease expires and nothing is saved by the way while this test runs.
        String[] patience = {"lease.ttl=1h", "lease.save-interval=1h", "page.rows=50"};
        try (TestRelay second = startAfterFirst(patience)) {
            commit(EVENTS);
            reader.untilEvents(2 * EVENTS);
            assertThat(second.monitor().status().isOwner()).isTrue();
        }

        assertThat(reader.records()).as("no duplicates").hasSize(2 * EVENTS);
        reader.assertFirstOccurrencesInOrder();
    }

    @Test
    void aHintWakesAnIdleRelay() throws SQLException {
        try (TestRelay relay =
                startRelay("lease.ttl=3h", "poll.max-interval=1h", "poll.min-interval=1h", "stuck-after=1h")) {
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> relay.monitor().readAgo().isPresent());

            commit(1);
            relay.hint().committed();

            reader.untilEvents(1);
        }
    }

    /** Stops the first relay in the middle of its work while the second stands by. */
    private TestRelay startAfterFirst(String... properties) throws SQLException {
        try (TestRelay first = startRelay(properties)) {
            first.awaitOwner();
            TestRelay second = startRelay(properties);
            commit(EVENTS);
            reader.untilEvents(1);
            assertThat(second.monitor().status().isOwner()).isFalse();
            return second;
        }
    }

    private void commit(int count) throws SQLException {
        List<EventEnvelope> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(topic, "aggregate-" + i % 10));
        }
        OutboxTransaction.commit(database.dataSource(), events);
    }

    private TestRelay startRelay(String... properties) {
        return TestRelay.start(database.get(), TestBroker.bootstrapServers(), properties);
    }
}
