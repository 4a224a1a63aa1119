package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.ReplicationSlots;
import dev.outbox.embedded.TestBroker;
import dev.outbox.relay.internal.durability.NotDurableException;
import dev.outbox.relay.internal.durability.TestStandby;
import dev.outbox.relay.internal.tail.TailStream;
import dev.outbox.schema.OutboxSchema;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class TailedRelayIT {

    private final String topic = "tail-" + UUID.randomUUID();

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final ReplicationSlots slots = new ReplicationSlots(database.dataSource());
    private final TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic);

    @AfterEach
    void cleanUp() {
        reader.close();
        Awaitility.await().atMost(Patience.LIMIT).until(slots::drop);
    }

    @Test
    @SuppressWarnings("try") // the first relay ends in the middle
    void theRelayWithTheSlotHasAllLanesAndTheNextOneTakesOver() throws Exception {
        try (TestRelay first = start("engine=tail", "lanes=3")) {
            first.awaitTail();
            try (TestRelay second = start("engine=tail", "lanes=3")) {
                Awaitility.await().atMost(Patience.LIMIT).until(second.bean(TailStream.class)::isElsewhere);
                commit("before");
                reader.untilEvents(1);
                // It may have given some away for a moment, until the second one knew who has the replication slot.
                first.awaitLanes(3);
                assertThat(second.ownedLanes()).isEmpty();

                first.close();
                second.awaitTail();
                commit("after");

                reader.untilEvents(2);
                assertThat(second.ownedLanes()).hasSize(3);
            }
        }
        reader.assertFirstOccurrencesInOrder();
    }

    @Test
    void theEngineIsChangedUnderLoad() throws Exception {
        try (EventLoad load = new EventLoad(database.dataSource(), topic)) {
            for (String engine : List.of("poll", "tail", "poll", "tail")) {
                int before = reader.records().size();
                try (TestRelay relay = start("engine=" + engine, "lanes=2")) {
                    if (engine.equals("tail")) {
                        relay.awaitTail();
                    }
                    reader.untilEvents(before + 500);
                }
            }
            // Both at once: each lane has one owner, whatever its engine.
            try (TestRelay tails = start("engine=tail", "lanes=2");
                    TestRelay polls = start("engine=poll", "lanes=2")) {
                tails.awaitLanes(1);
                polls.awaitLanes(1);
                int events = load.stop();
                reader.untilEvents(events);
                assertThat(reader.ids().stream().distinct()).hasSize(events);
            }
        }
        reader.assertFirstOccurrencesInOrder();
    }

    @Test
    void aLostSlotCostsNothingButTheTail() throws Exception {
        try (TestRelay relay = start("engine=tail", "tail.create-slot=false")) {
            relay.awaitOwner();
            commit("a");
            reader.untilEvents(1);
            assertThat(relay.bean(RelayHealthIndicator.class)
                            .health()
                            .getDetails()
                            .get("tail"))
                    .asString()
                    .contains("poll", "pg_create_logical_replication_slot");

            jdbc.sql("select pg_create_logical_replication_slot('outbox_' || current_database(), 'pgoutput')")
                    .query()
                    .listOfRows();
            relay.awaitTail();
            commit("a");
            reader.untilEvents(2);
            Awaitility.await().atMost(Patience.LIMIT).until(slots::drop);
            commit("a");
            reader.untilEvents(3);
            assertThat(relay.bean(TailStream.class).isFollowed()).isFalse();
        }
        reader.assertFirstOccurrencesInOrder();
    }

    @Test
    void theStandbysThatAreNamedHaveAnEventBeforeItIsPublished() throws Exception {
        String wal = jdbc.sql("select pg_current_wal_flush_lsn()::text")
                .query(String.class)
                .single();
        try (TestRelay relay = start("engine=tail", "durability.standbys=reserve")) {
            relay.awaitTail();
            commit("a");
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> relay.monitor().status().failure() instanceof NotDurableException);
            assertThat(reader.records()).isEmpty();

            try (TestStandby standby = TestStandby.connect(database.get(), "reserve", wal)) {
                standby.confirmAll();
                reader.untilEvents(1);
            }
        }
    }

    @Test
    void withoutAPublicationTheStartIsRefused() {
        assertThatThrownBy(() -> start("engine=tail", "tail.create-publication=false"))
                .hasMessageContaining("no publication sends what is inserted into outbox_event");
    }

    @Test
    void aUserWhoMayNotReplicateIsRefused() {
        jdbc.sql("create user %s password 'secret'".formatted(user())).update();
        jdbc.sql("grant all on all tables in schema public to " + user()).update();
        jdbc.sql("grant all on all sequences in schema public to " + user()).update();
        try {
            assertThatThrownBy(() -> TestRelay.startAt(
                            database.jdbcUrl(),
                            user(),
                            "secret",
                            TestBroker.bootstrapServers(),
                            "engine=tail",
                            "--outbox.schema.migrate=false"))
                    .hasMessageContaining("user %s may not replicate", user());
        } finally {
            jdbc.sql("drop owned by " + user()).update();
            jdbc.sql("drop user " + user()).update();
        }
    }

    private String user() {
        return "user_" + topic.replaceAll("[^a-z0-9]", "");
    }

    private void commit(String aggregate) throws Exception {
        OutboxTransaction.commit(database.dataSource(), List.of(event(topic, aggregate)));
    }

    private TestRelay start(String... properties) {
        return TestRelay.start(database.get(), TestBroker.bootstrapServers(), properties);
    }
}
