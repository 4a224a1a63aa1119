package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.KafkaBroker;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.event.EventEnvelope;
import dev.outbox.store.OutboxSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class BrokerRestartIT {

    private static final String TOPIC = "restart";
    private static final int EVENTS = 1_000;

    @Test
    void aBrokerThatIsKilledAndComesBackCostsNothingButTime(CapturedOutput output) throws SQLException {
        try (KafkaBroker broker = KafkaBroker.start();
                TestDatabase database = TestDatabase.create();
                TopicReader reader = new TopicReader(broker.bootstrapServers(), TOPIC)) {
            new OutboxSchema(database.dataSource()).afterPropertiesSet();
            try (TestRelay relay =
                    TestRelay.start(database, broker.bootstrapServers(), "page.rows=100", "stuck-after=500ms")) {
                LaneMonitor monitor = relay.awaitOwner().monitor();
                long epoch = monitor.status().epoch();
                commit(database);
                reader.untilEvents(1);
                broker.kill();
                commit(database);
                Awaitility.await().until(() -> output.getAll().contains("has published nothing for"));
                assertThat(output.getAll().lines().filter(line -> line.contains("publishes nothing")))
                        .as("the outage is told once; what follows is its growing age")
                        .singleElement()
                        .asString()
                        .contains("its oldest event is", "Kafka has not acknowledged");
                assertThat(output).doesNotContain("publishes again");

                broker.restart();
                reader.untilEvents(2 * EVENTS);
                reader.assertFirstOccurrencesInOrder();
                Awaitility.await().until(() -> monitor.trouble().isEmpty());
                assertThat(monitor.status().epoch())
                        .as("the lane was never lost")
                        .isEqualTo(epoch);
                assertThat(output).contains("publishes again");
            }
        }
    }

    private static void commit(TestDatabase database) throws SQLException {
        List<EventEnvelope> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(event(TOPIC, "aggregate-" + i % 10));
        }
        OutboxTransaction.commit(database.dataSource(), events);
    }
}
