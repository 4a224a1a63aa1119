package dev.outbox.relay.operations;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.event.EventEnvelope;
import dev.outbox.relay.OutboxTransaction;
import dev.outbox.relay.TestRelay;
import dev.outbox.relay.events.EventSearch;
import dev.outbox.relay.events.EventStage;
import dev.outbox.relay.events.LaneBacklog;
import dev.outbox.relay.events.StoredEvent;
import dev.outbox.relay.lane.KnownRelay;
import dev.outbox.relay.lane.LaneHolding;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator sees while a relay runs. */
class OperationsIT {

    private final TestDatabase database = TestDatabase.create();
    private final TestRelay relay = TestRelay.start(
            database,
            TestBroker.bootstrapServers(),
            "lanes=2",
            "lease.save-interval=5ms",
            "--spring.application.name=orders");
    private final Outboxes outboxes = relay.bean(Outboxes.class);

    @AfterEach
    void stop() {
        relay.close();
        database.close();
    }

    @Test
    void theOnlyOutboxHasTheNameOfTheApplication() {
        assertThat(outboxes.names()).containsExactly("orders");
        assertThatExceptionOfType(UnavailableOutboxException.class)
                .isThrownBy(() -> outboxes.named("billing"))
                .withMessage("There is no outbox 'billing' here; there is orders")
                .matches(unavailable -> !unavailable.isKnown());
    }

    @Test
    void eachLaneHasAnOwnerAndEachRelayANumberOfLanes() {
        OutboxOperations orders = outboxes.named("orders");

        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> orders.lanes().lanes().size() == 2
                        && orders.lanes().lanes().stream().noneMatch(lane -> lane.owner() == null));

        KnownRelay only = orders.lanes().relays().get(0);
        assertThat(only.running()).isTrue();
        assertThat(only.lanes()).isEqualTo(2);
        assertThat(orders.lanes().lanes()).extracting(LaneHolding::owner).containsOnly(only.name());
        assertThat(orders.lanes().lanes())
                .allSatisfy(lane -> assertThat(lane.leaseLeft()).isPositive());
    }

    @Test
    void anEventIsFoundPublishedOnceItsLaneIsPastIt() throws Exception {
        OutboxOperations orders = outboxes.named("orders");
        EventEnvelope event = event("operations-" + UUID.randomUUID(), "A");
        OutboxTransaction.commit(database.dataSource(), List.of(event));

        Awaitility.await().atMost(Patience.LIMIT).until(() -> stage(orders, event) == EventStage.PUBLISHED);

        assertThat(orders.events().backlog(10)).extracting(LaneBacklog::events).containsOnly(0L);
    }

    /** The id of a test event is random, and does not say when it was raised. */
    private static EventStage stage(OutboxOperations orders, EventEnvelope event) {
        List<StoredEvent> found = orders.events().find(EventSearch.of(event.id()), 10);
        assertThat(found).hasSize(1);
        return found.get(0).stage();
    }
}
