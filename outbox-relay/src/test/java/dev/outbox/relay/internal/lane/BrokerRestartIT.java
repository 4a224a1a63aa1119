package dev.outbox.relay.internal.lane;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.devservices.internal.KafkaBroker;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.event.EventEnvelope;
import dev.outbox.relay.OutboxTransaction;
import dev.outbox.relay.TestRelay;
import dev.outbox.relay.TopicReader;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class BrokerRestartIT {

    private static final String TOPIC = "restart";
    private static final int EVENTS = 1_000;

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    @Test
    void aBrokerThatIsKilledAndComesBackCostsNothingButTime(CapturedOutput output) throws SQLException {
        try (KafkaBroker broker = KafkaBroker.start();
                TopicReader reader = new TopicReader(broker.bootstrapServers(), TOPIC)) {
            try (TestRelay relay =
                    TestRelay.start(database.get(), broker.bootstrapServers(), "page.rows=100", "stuck-after=500ms")) {
                LaneMonitor monitor = relay.awaitOwner().monitor();
                long epoch = monitor.status().epoch();
                commit();
                reader.untilEvents(EVENTS);
                // A broker that is slow to begin with may have been reported, too.
                Awaitility.await()
                        .atMost(Patience.LIMIT)
                        .until(() -> monitor.status().inFlight() == 0
                                && count(output, "publishes nothing") == count(output, "publishes again"));
                int reported = output.getAll().length();

                broker.kill();
                commit();
                Awaitility.await()
                        .atMost(Patience.LIMIT)
                        .until(() -> since(reported, output).contains("has published nothing for"));
                assertThat(since(reported, output).lines().filter(line -> line.contains("publishes nothing")))
                        .as("the outage is told once; what follows is its growing age")
                        .singleElement()
                        .asString()
                        .contains("its oldest event is", "Kafka has not acknowledged");
                assertThat(since(reported, output)).doesNotContain("publishes again");

                broker.restart();
                reader.untilEvents(2 * EVENTS);
                reader.assertFirstOccurrencesInOrder();
                Awaitility.await()
                        .atMost(Patience.LIMIT)
                        .until(() -> since(reported, output).contains("publishes again"));
                Awaitility.await()
                        .atMost(Patience.LIMIT)
                        .until(() -> monitor.trouble().isEmpty());
                assertThat(monitor.status().epoch())
                        .as("the lane was never lost")
                        .isEqualTo(epoch);
            }
        }
    }

    private static String since(int length, CapturedOutput output) {
        return output.getAll().substring(length);
    }

    private static long count(CapturedOutput output, String part) {
        return output.getAll().lines().filter(line -> line.contains(part)).count();
    }

    private void commit() throws SQLException {
        List<EventEnvelope> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(event(TOPIC, "aggregate-" + i % 10));
        }
        OutboxTransaction.commit(database.dataSource(), events);
    }
}
