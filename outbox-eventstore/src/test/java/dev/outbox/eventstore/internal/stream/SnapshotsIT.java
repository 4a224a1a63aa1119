package dev.outbox.eventstore.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.eventstore.Appended;
import dev.outbox.eventstore.ExpectedVersion;
import dev.outbox.internal.stream.EventTable;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tables are in a schema that no search_path leads to. */
class SnapshotsIT {

    private static final OutboxTables TABLES = OutboxTables.in("Events-of-us");

    @RegisterExtension
    static final MigratedDatabase database = MigratedDatabase.by(
            dataSource -> new OutboxSchema(dataSource, List.of(TABLES), List.of(StreamSchema.PART)));

    private final StoredAggregates stored =
            new StoredAggregates(Map.of("Account", EventTable.STORED, "Limit", EventTable.UNPUBLISHED));
    private final Streams streams = Streams.postgres(stored, database.dataSource(), TABLES);
    private final Snapshots snapshots = Snapshots.postgres(stored, database.dataSource(), TABLES);
    private final AggregateRef account =
            new AggregateRef("Account", UUID.randomUUID().toString());

    @Test
    void anOlderSnapshotDoesNotReplaceANewerOne() {
        save("shape", 5, "five");
        save("shape", 3, "three");
        assertThat(kept("shape")).isEqualTo("5 five");
        save("shape", 5, "again");
        assertThat(kept("shape")).isEqualTo("5 five");
        save("shape", 6, "six");
        assertThat(kept("shape")).isEqualTo("6 six");
    }

    @Test
    void oneOfAnotherShapeReplacesWhateverThereIs() {
        save("shape", 5, "five");
        save("another", 3, "three");

        assertThat(snapshots.load(account, "shape").snapshot()).isNull();
        assertThat(kept("another")).isEqualTo("3 three");
    }

    @Test
    void aSnapshotIsDroppedUnlessItWasReplaced() {
        save("shape", 5, "five");
        snapshots.drop(account, "shape", 4);
        snapshots.drop(account, "another", 5);
        assertThat(kept("shape")).isEqualTo("5 five");

        snapshots.drop(account, "shape", 5);
        assertThat(snapshots.load(account, "shape").snapshot()).isNull();
    }

    @Test
    void aLoadIsTheSnapshotAndTheEventsAfterIt() {
        for (AggregateRef stream : List.of(account, new AggregateRef("Limit", account.id()))) {
            Appended appended = streams.append(stream, ExpectedVersion.none(), List.of(event(stream), event(stream)))
                    .orElseThrow();
            assertThat(appended.version()).isEqualTo(2);
            assertThat(streams.append(stream, ExpectedVersion.none(), List.of(event(stream))))
                    .isEmpty();
            streams.append(stream, ExpectedVersion.exactly(2), List.of(event(stream)));
            streams.append(stream, ExpectedVersion.any(), List.of(event(stream)));

            assertThat(streams.read(stream, 1)).extracting(StreamRow::version).containsExactly(2L, 3L, 4L);
            assertThat(streams.versionOf(stream)).isEqualTo(4);
            assertThat(streams.lock(Set.of(stream))).containsEntry(stream, 4L);
            assertThat(snapshots.load(stream, "shape").rows()).hasSize(4);
            snapshots.save(stream, "shape", new SnapshotRow(3, new byte[] {'3'}));
            StreamHistory history = snapshots.load(stream, "shape");
            assertThat(history.after()).isEqualTo(3);
            assertThat(history.rows()).extracting(StreamRow::version).containsExactly(4L);
        }
    }

    private void save(String fingerprint, long version, String state) {
        snapshots.save(account, fingerprint, new SnapshotRow(version, state.getBytes(StandardCharsets.UTF_8)));
    }

    private String kept(String fingerprint) {
        SnapshotRow snapshot =
                Objects.requireNonNull(snapshots.load(account, fingerprint).snapshot());
        return snapshot.version() + " " + new String(snapshot.state(), StandardCharsets.UTF_8);
    }

    private static EventEnvelope event(AggregateRef stream) {
        return new EventEnvelope(
                UUID.randomUUID(),
                new EventType("Happened", 1),
                stream,
                "events",
                "/test",
                Instant.parse("2026-01-02T03:04:05Z"),
                EventPayload.json("{}".getBytes(StandardCharsets.UTF_8)),
                Map.of("traceparent", "00-1-2-01"));
    }
}
