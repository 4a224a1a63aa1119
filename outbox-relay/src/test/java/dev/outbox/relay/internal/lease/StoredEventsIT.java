package dev.outbox.relay.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.relay.StoredTables;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.events.EventSearch;
import dev.outbox.relay.events.EventStage;
import dev.outbox.relay.events.StoredEvents;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.slot.OutboxSlots;
import dev.outbox.relay.internal.slot.SlotCycle;
import dev.outbox.relay.internal.slot.SlotResult;
import dev.outbox.relay.rebase.LaneRebase;
import dev.outbox.schema.OutboxTables;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a relay does with a partition that is never truncated. */
class StoredEventsIT {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final ReadBudget PAGE = new ReadBudget(3, 1_000_000);

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(StoredTables.class);

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final OutboxWriter writer = StoredTables.writer(database.dataSource());
    private final LaneStore store = LaneStore.postgres(database.dataSource());
    private final LaneRebase rebase = LaneRebase.postgres(database.dataSource());
    private final OutboxLog log = OutboxLog.postgres(database.dataSource());
    private final List<String> published = new ArrayList<>();

    @Test
    void thePartitionIsNoSlot() {
        assertThat(SlotCycle.postgres(database.dataSource())).isEqualTo(SlotCycle.DEFAULT);
    }

    @Test
    void storedEventsAreReadWithTheOthersInTheirOrderAndUnpublishedOnesNever() {
        write("Order", 1);
        write("Note", 2);
        write("Limit", 3);
        write("Order", 4);
        write("Note", 5);

        publish();

        assertThat(published).containsExactly("Order 1", "Note 2", "Order 4", "Note 5");
    }

    @Test
    void storedEventsOutliveTheSlots() {
        write("Order", 1);
        write("Note", 2);
        publish();

        OutboxSlots slots = OutboxSlots.postgres(database.dataSource());
        List<SlotResult> results =
                IntStream.range(0, 4).mapToObj(slots::truncate).toList();

        assertThat(results).hasAtLeastOneElementOfType(SlotResult.Truncated.class);
        assertThat(inTable()).containsExactly("Order 1");
    }

    @Test
    void aStoredEventIsFoundBySearch() {
        write("Order", 1);
        publish();

        assertThat(StoredEvents.on(DatabaseProduct.POSTGRESQL, database.dataSource(), OutboxTables.ON_SEARCH_PATH)
                        .find(EventSearch.between(TIME.minus(Duration.ofDays(1)), TIME.plus(Duration.ofDays(1))), 10))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.row().event().aggregate().type()).isEqualTo("Order");
                    assertThat(found.stage()).isEqualTo(EventStage.PUBLISHED);
                });
    }

    @Test
    void republishingRepeatsWhatTheSlotsHaveAndNotTheHistoryOfStoredEvents() {
        writeHistory(20);
        write("Note", 21);
        write("Order", 22);
        publish();
        published.clear();

        assertThat(rebase.republish()).isOne();
        publish();

        assertThat(published).containsExactly("Note 21", "Order 22");
        write("Order", 23);
        publish();
        assertThat(published).containsExactly("Note 21", "Order 22", "Order 23");
    }

    @Test
    void republishingAfterADumpPublishesWhatWasNotPublishedThereAndWhatWasWrittenSince() {
        writeHistory(20);
        publish();
        published.clear();
        write("Order", 21);
        write("Note", 22);
        write("Order", 23);
        // As rows and positions come from a server that has counted more transactions than this one.
        jdbc.sql("update outbox_event set xid = xid + 1000000").update();
        jdbc.sql("update outbox_lane set floor_xid = floor_xid + 1000000, mark_xid = mark_xid + 1000000")
                .update();
        jdbc.sql("""
                update outbox_lane
                set position = (split_part(position, ':', 1)::bigint + 1000000) || ':'
                    || (split_part(position, ':', 2)::bigint + 1000000) || ':', history = '1/2/3'
                """).update();
        write("Order", 24);

        rebase.republish();
        publish();

        assertThat(published)
                .endsWith("Order 21", "Note 22", "Order 23", "Order 24")
                .doesNotContain("Order 1");
        published.clear();
        publish();
        assertThat(published).isEmpty();
    }

    /** Published in portions, so that the floor of the lane moves up. */
    private void writeHistory(int events) {
        for (int i = 1; i <= events; i++) {
            write("Order", i);
            publish();
        }
    }

    private void write(String type, int number) {
        writer.append(List.of(new EventEnvelope(
                UUID.randomUUID(),
                new EventType("Happened", 1),
                new AggregateRef(type, "a"),
                "events",
                "/test",
                TIME,
                EventPayload.json((type + " " + number).getBytes(StandardCharsets.UTF_8)),
                Map.of())));
    }

    /** As a relay does: acquire, read until there is nothing more, save with each page, release. */
    private void publish() {
        Lease lease = store.acquire(Lane.ONLY, "relay", Duration.ofMinutes(1)).orElseThrow();
        LaneEpoch lane = new LaneEpoch(BucketRange.ALL, lease.epoch());
        Position position = lease.position();
        OutboxPage page;
        do {
            page = log.read(lane, position, PAGE);
            for (OutboxRow row : page.rows()) {
                published.add(row.event().payload().text());
            }
            position = page.end();
            assertThat(store.renew(lease, position)).isTrue();
        } while (!page.rows().isEmpty() || position.paging() != null);
        assertThat(store.release(lease, position)).isTrue();
    }

    private List<String> inTable() {
        return jdbc.sql("select convert_from(payload, 'UTF8') from outbox_event order by seq")
                .query(String.class)
                .list();
    }
}
