package dev.outbox.sample.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.TestServers;
import dev.outbox.test.CapturedEvents;
import dev.outbox.test.CrashPoint;
import dev.outbox.test.CrashPoints;
import dev.outbox.test.EventOnTopic;
import dev.outbox.test.EventScenario;
import dev.outbox.test.OutboxScenarioTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** An order has its effect once, wherever the consumer dies. */
@OutboxScenarioTest
@Import(TestServers.class)
class ConsumerCrashIT {

    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();

    @Autowired
    private EventScenario scenario;

    @Autowired
    private CapturedEvents events;

    @Autowired
    private CrashPoints crashes;

    @Test
    void nothingRemainsOfAConsumerThatDiesBeforeItsCommitAndTheNextOneHandlesTheOrder() {
        crashes.crashAt(CrashPoint.AFTER_HANDLERS_BEFORE_COMMIT);
        scenario.send(order(first));
        crashes.awaitCrash();
        assertThat(events).isEmpty();
        crashes.recover();
        awaitAnswer(first);
        assertThat(events).containsExactly(StockReserved.class);
    }

    @Test
    void anOrderWhoseConsumerDiesBeforeItsOffsetIsNotHandledAgain() {
        crashes.crashAt(CrashPoint.AFTER_COMMIT_BEFORE_OFFSET);
        scenario.send(order(first));
        crashes.awaitCrash();
        assertThat(events).containsExactly(StockReserved.class);
        crashes.recover();
        scenario.send(order(second));
        awaitAnswer(second);
        assertThat(events).containsExactly(StockReserved.class, StockReserved.class);
    }

    private void awaitAnswer(UUID order) {
        scenario.await(StockReserved.class, answer -> answer.orderId().equals(order));
    }

    private EventOnTopic order(UUID id) {
        return scenario.event("OrderPlaced", 2, id, """
                {"orderId": "%s", "lines": [{"sku": "espresso-cup", "quantity": 1}], "currency": "EUR"}
                """.formatted(id));
    }
}
