package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.TestBroker;
import dev.outbox.schema.OutboxSchema;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SilentDatabaseIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final String topic = "silent-" + UUID.randomUUID();

    @Test
    void aRelayWhoseConnectionsAreForgottenOnTheWayMakesNewOnes() throws IOException, SQLException {
        try (ForgetfulNetwork network = ForgetfulNetwork.to(database.jdbcUrl());
                TestRelay relay = TestRelay.startAt(
                        network.jdbcUrl(),
                        database.user(),
                        database.password(),
                        TestBroker.bootstrapServers(),
                        "database.socket-timeout=10s");
                TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic)) {
            relay.awaitOwner();
            commit("first");
            reader.untilEvents(1);

            network.forget();
            commit("second");

            reader.untilEvents(2);
        }
    }

    private void commit(String aggregate) throws SQLException {
        OutboxTransaction.commit(database.dataSource(), List.of(event(topic, aggregate)));
    }
}
