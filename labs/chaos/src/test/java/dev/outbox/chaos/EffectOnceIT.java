package dev.outbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.chaos.consumer.ConsumerService;
import dev.outbox.chaos.consumer.Effects;
import dev.outbox.chaos.oracle.Comparison;
import dev.outbox.chaos.oracle.Occurrence;
import dev.outbox.chaos.oracle.Tables;
import dev.outbox.chaos.oracle.Topic;
import dev.outbox.chaos.process.ChildProcess;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** From the business transaction to the effect in another service, while the relay and that service are killed. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes are stopped and continued by signals")
class EffectOnceIT {

    private static final long SEED = 1;

    @Test
    void everyChangeHasItsEffectOnce() throws Exception {
        try (ChaosRun run = ChaosRun.start("effect", SEED, 4, 1);
                ConsumerDatabase consumer = new ConsumerDatabase(run.landscape())) {
            Effects effects = consumer.effects();
            try (ChildProcess first = consumer.start()) {
                run.await("an event has its effect", () -> !effects.all().isEmpty());
                run.disturbances().killRelay(run.relays().running().get(0));
                run.disturbances().addRelay(4);
                run.story().tell(first + " is killed");
            }
            try (ChildProcess second = consumer.start()) {
                Outcome outcome = run.finish();
                outcome.assertPromisesKept(run.story().toString());
                assertThat(outcome.records())
                        .as("records, some of them repetitions")
                        .isGreaterThan(outcome.committed() - outcome.parked());
                Topic topic = new Topic(run.landscape());
                run.await(second + " has consumed the topic", () -> topic.isConsumedBy(ConsumerService.GROUP));
            }
            assertEffectsOnce(run, effects.all());
        }
    }

    private static void assertEffectsOnce(ChaosRun run, List<Occurrence> effects) {
        Tables tables = run.tables();
        assertThat(effects).as("effects").doesNotHaveDuplicates();
        assertThat(Comparison.violations(tables.ledger(), effects, tables.parked()))
                .as(() -> run.story().toString())
                .isEmpty();
    }

    private static final class ConsumerDatabase implements AutoCloseable {

        private final Landscape producer;
        private final Landscape own;
        private int started;

        ConsumerDatabase(Landscape producer) {
            this.producer = producer;
            this.own = new Landscape(producer.servers(), producer.name() + "-consumer");
            own.createDatabase();
        }

        Effects effects() {
            Effects effects = new Effects(own.dataSource("oracle"));
            effects.create();
            return effects;
        }

        ChildProcess start() {
            started++;
            return ConsumerService.start(own.name() + "-" + started, own, producer.topic());
        }

        @Override
        public void close() {
            own.dropDatabase();
        }
    }
}
