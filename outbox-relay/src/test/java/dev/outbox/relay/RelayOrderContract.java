package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.event.EventEnvelope;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a relay publishes and in which order, on each database and with each engine. */
abstract class RelayOrderContract {

    private static final int BACKLOG = 5_000;
    private static final int AGGREGATES = 50;

    final String topic = "order-" + UUID.randomUUID();

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.on(kind(), OutboxSchema.class);

    final DataSource dataSource = database.dataSource();
    final TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic);

    private @Nullable TestRelay relay;

    @AfterEach
    void cleanUp() {
        if (relay != null) {
            relay.close();
        }
        reader.close();
    }

    @Test
    void publishesABacklogLargerThanItMayReadAtOnce() throws SQLException {
        List<EventEnvelope> events = new ArrayList<>();
        for (int i = 0; i < BACKLOG; i++) {
            events.add(event(topic, "aggregate-" + i % AGGREGATES));
            if (events.size() == 500) {
                OutboxTransaction.commit(dataSource, events);
                events.clear();
            }
        }

        startRelay("page.rows=100", "page.in-flight=3");
        reader.untilEvents(BACKLOG);

        assertThat(reader.records()).hasSize(BACKLOG);
        reader.assertFirstOccurrencesInOrder();
    }

    @Test
    void publishesNothingOfATransactionThatIsRolledBack() throws SQLException {
        EventEnvelope committed = event(topic, "A");
        startRelay();
        try (OutboxTransaction rolledBack = new OutboxTransaction(dataSource)) {
            rolledBack.append(event(topic, "A"), event(topic, "B"));
        }
        OutboxTransaction.commit(dataSource, List.of(committed));
        reader.untilEvents(1);

        assertThat(reader.ids()).containsExactly(committed.id().toString());
    }

    DatabaseKind kind() {
        return DatabaseKind.POSTGRESQL;
    }

    /** Starts a relay, and waits until its engine does the work. */
    TestRelay start(TestDatabase tables, String... properties) {
        return TestRelay.start(tables, TestBroker.bootstrapServers(), properties);
    }

    void startRelay(String... properties) {
        relay = start(database.get(), properties);
    }
}
