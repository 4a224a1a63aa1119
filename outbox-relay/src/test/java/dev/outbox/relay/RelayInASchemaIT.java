package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.event.EventEnvelope;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.relay.internal.lease.LaneLayout;
import dev.outbox.relay.internal.slot.OutboxSlots;
import dev.outbox.relay.internal.slot.SlotResult.Truncated;
import dev.outbox.relay.rebase.LaneRebase;
import dev.outbox.relay.replay.EventSelection;
import dev.outbox.relay.replay.Replay;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables are in a schema that the search_path does not lead to. Where it leads, there is an outbox too. */
class RelayInASchemaIT {

    private static final OutboxTables TABLES = OutboxTables.in("Events");

    private static final String OTHER = """
            select
                (select count(*) from outbox_event) as events,
                (select count(*) from outbox_relay) as relays,
                (select string_agg(concat_ws(' ', lane, lanes, epoch, owner, position), ',') from outbox_lane) as lanes
            """;

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final String topic = "schema-" + UUID.randomUUID();

    @Test
    void relaysReplaysAndTruncatesThereAndLeavesTheOtherOutboxAlone() {
        new OutboxSchema(database.dataSource(), TABLES).afterPropertiesSet();
        write(OutboxTables.ON_SEARCH_PATH, event(topic, "other"));
        String before = other();
        try (TestRelay relay = TestRelay.start(
                        database.get(),
                        TestBroker.bootstrapServers(),
                        "--outbox.schema.name=Events",
                        "lease.save-interval=5ms");
                TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic)) {
            relay.awaitOwner();
            write(TABLES, event(topic, "ours"));
            assertThat(reader.until(records -> !records.isEmpty()))
                    .allSatisfy(record -> assertThat(record.key()).isEqualTo("ours"));
            Replay replay = relay.bean(Replay.class);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() ->
                            replay.run(EventSelection.all(), topic + ".again").events() == 1);
        }
        OutboxSlots slots = OutboxSlots.postgres(database.dataSource(), TABLES);
        assertThat(IntStream.range(0, 4).mapToObj(slots::truncate)).hasAtLeastOneElementOfType(Truncated.class);
        assertThat(LaneLayout.postgres(database.dataSource(), TABLES).change(1, 2))
                .isTrue();
        assertThat(LaneRebase.postgres(database.dataSource(), TABLES).keep()).isEqualTo(2);
        assertThat(other()).isEqualTo(before);
    }

    private void write(OutboxTables tables, EventEnvelope event) {
        OutboxWriter.postgres(database.dataSource(), tables).append(List.of(event));
    }

    private String other() {
        return jdbc.sql(OTHER).query().singleRow().toString();
    }
}
