package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.event.EventEnvelope;
import dev.outbox.relay.sidecar.RelayApplication;
import dev.outbox.schema.OutboxSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class RelayKillIT {

    private static final int EVENTS = 500;

    private final String topic = "kill-" + UUID.randomUUID();

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic);
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @AfterEach
    void cleanUp() {
        reader.close();
    }

    @Test
    void aRelayKilledBetweenSendAndSaveLosesNothingAndReordersNothing() throws Exception {
        commit(EVENTS);
        Process sidecar = startSidecar("lease.ttl=1h", "lease.save-interval=1h", "page.rows=100");
        try {
            reader.untilEvents(EVENTS / 2);
        } finally {
            sidecar.destroyForcibly();
            assertThat(sidecar.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(savedPositions()).as("saved before the kill").isZero();
        commit(EVENTS);
        expireLeases();

        try (TestRelay successor = TestRelay.start(database.get(), TestBroker.bootstrapServers())) {
            successor.awaitOwner();
            reader.until(records -> reader.ids().size() == 2 * EVENTS && savedPositions() == 1);
        }

        assertThat(reader.records()).as("sent again").hasSizeGreaterThan(2 * EVENTS);
        reader.assertFirstOccurrencesInOrder();
    }

    /** As a rolling deployment does, and systemd. */
    @Test
    void aRelayThatIsAskedToEndHandsItsLaneOverAtOnceAndPublishesNothingTwice() throws Exception {
        commit(EVENTS);
        Process sidecar = startSidecar("lease.ttl=1h", "lease.save-interval=1h", "page.rows=50");
        try {
            reader.untilEvents(EVENTS / 10);
            commit(EVENTS);
            sidecar.destroy();
            assertThat(sidecar.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            sidecar.destroyForcibly();
        }
        assertThat(sidecar.exitValue()).as("128 and the number of SIGTERM").isEqualTo(128 + 15);
        assertThat(jdbc.sql("select count(*) from outbox_lane where lease_until > clock_timestamp()")
                        .query(Long.class)
                        .single())
                .as("leases that the next relay would have to wait for")
                .isZero();

        try (TestRelay successor = TestRelay.start(database.get(), TestBroker.bootstrapServers(), "lease.ttl=1h")) {
            successor.awaitOwner();
            reader.until(records -> reader.ids().size() == 2 * EVENTS);
        }

        assertThat(reader.records()).as("nothing was sent twice").hasSize(2 * EVENTS);
        reader.assertFirstOccurrencesInOrder();
    }

    private void commit(int count) throws SQLException {
        List<EventEnvelope> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(topic, "aggregate-" + i % 10));
        }
        OutboxTransaction.commit(database.dataSource(), events);
    }

    private long savedPositions() {
        return jdbc.sql("select count(position) from outbox_lane")
                .query(Long.class)
                .single();
    }

    private void expireLeases() {
        jdbc.sql("update outbox_lane set lease_until = clock_timestamp()").update();
        jdbc.sql("update outbox_relay set lease_until = clock_timestamp()").update();
    }

    private Process startSidecar(String... properties) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add(RelayApplication.class.getName());
        command.addAll(TestRelay.connection(database.get(), TestBroker.bootstrapServers()));
        command.add("--server.port=0");
        for (String property : properties) {
            command.add("--outbox.relay." + property);
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "killed-sidecar.log").toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }
}
