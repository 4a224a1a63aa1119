package dev.outbox.sample.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.TestServers;
import dev.outbox.test.CapturedEvents;
import dev.outbox.test.CrashPoint;
import dev.outbox.test.CrashPoints;
import dev.outbox.test.EventScenario;
import dev.outbox.test.OutboxScenarioTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** From an order on its topic to the answer on another, through a real broker and past two crashes of the relay. */
@OutboxScenarioTest
@Import(TestServers.class)
class ReservationScenarioIT {

    private final UUID id = UUID.randomUUID();

    @Autowired
    private EventScenario scenario;

    @Autowired
    private CapturedEvents events;

    @Autowired
    private CrashPoints relay;

    @Test
    void anOrderIsAnswered() {
        scenario.send(scenario.event(order(1)));
        assertThat(answers(1)).containsExactly(new StockReserved(id));
    }

    @Test
    void theAnswerOutlivesARelayThatDiesBeforeItSends() {
        relay.crashAt(CrashPoint.AFTER_COMMIT_BEFORE_SEND);
        scenario.send(scenario.event(order(1)));
        relay.awaitCrash();
        assertThat(events).containsExactly(StockReserved.class);
        relay.recover();
        assertThat(answers(1)).containsExactly(new StockReserved(id));
    }

    @Test
    void theAnswerIsRepeatedByARelayThatDiesBeforeItSavesItsPosition() {
        relay.crashAt(CrashPoint.AFTER_SEND_BEFORE_POSITION);
        scenario.send(scenario.event(order(1)));
        relay.awaitCrash();
        assertThat(answers(2)).containsExactly(new StockReserved(id), new StockReserved(id));
        assertThat(events).containsExactly(StockReserved.class);
    }

    private List<StockReserved> answers(int records) {
        return scenario.await(StockReserved.class, answer -> answer.orderId().equals(id), records);
    }

    private OrderPlaced order(int quantity) {
        return new OrderPlaced(id, List.of(new OrderLines.Line("espresso-cup", quantity)), "EUR");
    }
}
