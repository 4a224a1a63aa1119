package dev.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.schema.OutboxSchema;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Relays that come and go, and ask for other numbers of lanes, while events are committed. */
class RelaySharingIT {

    private final String topic = "sharing-" + UUID.randomUUID();

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic);

    @AfterEach
    void cleanUp() {
        reader.close();
    }

    @Test
    void relaysThatComeAndGoShareTheLanesEvenly() throws Exception {
        try (EventLoad load = new EventLoad(database.dataSource(), topic);
                TestRelay survivor = startTwoAndLeaveOne()) {
            survivor.awaitLanes(4);
            assertNothingLostOrReordered(load);
            assertThat(reader.records())
                    .as("no lease expired, so no repetitions")
                    .hasSameSizeAs(reader.ids());
        }
    }

    @Test
    void theNumberOfLanesIsThatOfTheYoungestRelay() throws Exception {
        try (EventLoad load = new EventLoad(database.dataSource(), topic);
                TestRelay first = startRelay(1)) {
            first.awaitLanes(1);
            try (TestRelay second = startRelay(5)) {
                awaitShares(first, 3, second, 2);
                assertThat(second.ownedLanes()).allMatch(lane -> lane.count() == 5);
                reader.untilEvents(1);
            }
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> first.ownedLanes().contains(Lane.ONLY));
            try (TestRelay third = startRelay(2)) {
                awaitShares(first, 1, third, 1);
                assertNothingLostOrReordered(load);
            }
        }
    }

    private TestRelay startTwoAndLeaveOne() {
        try (TestRelay first = startRelay(4)) {
            first.awaitLanes(4);
            TestRelay second = startRelay(4);
            awaitShares(first, 2, second, 2);
            return second;
        }
    }

    private static void awaitShares(TestRelay one, int lanesOfOne, TestRelay other, int lanesOfOther) {
        one.awaitLanes(lanesOfOne);
        other.awaitLanes(lanesOfOther);
        assertThat(one.ownedLanes()).doesNotContainAnyElementsOf(other.ownedLanes());
    }

    private void assertNothingLostOrReordered(EventLoad load) throws Exception {
        int committed = load.stop();
        reader.untilEvents(committed);
        assertThat(reader.ids()).hasSize(committed);
        reader.assertFirstOccurrencesInOrder();
    }

    private TestRelay startRelay(int lanes) {
        // Small pages, so that changes meet pages in flight and backlogs half done.
        return TestRelay.start(database.get(), TestBroker.bootstrapServers(), "lanes=" + lanes, "page.rows=50");
    }
}
