package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.event.EventEnvelope;
import dev.outbox.relay.internal.slot.OutboxSlots;
import dev.outbox.relay.internal.slot.SlotResult.Truncated;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Events are truncated at once, under the relay and while they are written. */
class RetentionIT {

    private static final int TRANSACTIONS = 600;
    private static final int SLOT_CHANGE = 50;
    private static final int KEYS = 7;

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private final String topic = "retention-" + UUID.randomUUID();

    @Test
    void truncatingUnderARelayAndItsWritersLosesNothing() throws SQLException, InterruptedException {
        try (TestRelay relay = TestRelay.start(
                        database, TestBroker.bootstrapServers(), "lease.save-interval=5ms", "page.rows=20");
                TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic)) {
            relay.awaitOwner();
            OutboxSlots slots = OutboxSlots.postgres(database.dataSource());
            AtomicBoolean writing = new AtomicBoolean(true);
            CountDownLatch truncated = new CountDownLatch(1);
            Thread truncating = new Thread(() -> {
                while (writing.get()) {
                    if (IntStream.range(0, 4).mapToObj(slots::truncate).anyMatch(Truncated.class::isInstance)) {
                        truncated.countDown();
                    }
                }
            });
            truncating.start();
            int transactions = 0;
            try {
                // Until some of it was truncated while it ran.
                while (transactions < TRANSACTIONS || truncated.getCount() > 0) {
                    assertThat(transactions).isLessThan(100 * TRANSACTIONS);
                    write(transactions++, relay);
                }
            } finally {
                writing.set(false);
                truncating.join();
            }
            reader.untilEvents(2 * transactions);
            reader.assertFirstOccurrencesInOrder();
            Awaitility.await().atMost(Patience.LIMIT).until(() -> {
                IntStream.range(0, 4).forEach(slots::truncate);
                return count("outbox_event") == 0;
            });
        }
        assertThat(reclaimed()).as("updates, deletes and dead rows of events").isZero();
    }

    private void write(int i, TestRelay relay) throws SQLException {
        EventEnvelope first = event(topic, "key-" + i % KEYS, UUID.randomUUID().toString());
        EventEnvelope second = event(topic, "key-" + i % KEYS, UUID.randomUUID().toString());
        if (i % SLOT_CHANGE == 0) {
            jdbc.sql("alter table outbox_event alter column slot set default " + i / SLOT_CHANGE % 4)
                    .update();
        }
        OutboxTransaction.commit(database.dataSource(), List.of(first, second));
        relay.hint().committed();
    }

    private int count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
    }

    private long reclaimed() {
        jdbc.sql("select pg_stat_clear_snapshot()").query().listOfRows();
        return jdbc.sql("""
                        select sum(n_tup_upd + n_tup_del + n_dead_tup)
                        from pg_stat_user_tables
                        where relname like 'outbox_event%'
                        """).query(Long.class).single();
    }
}
