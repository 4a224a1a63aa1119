package dev.outbox.relay.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.relay.TestEvents;
import dev.outbox.relay.internal.parking.Parking;
import dev.outbox.relay.internal.parking.ParkingStore;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcStoredEventsIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final EventSearch ALL =
            EventSearch.between(TestEvents.TIME.minus(Duration.ofDays(1)), TestEvents.TIME.plus(Duration.ofDays(1)));

    @RegisterExtension
    final MigratedDatabase database;

    private final JdbcClient jdbc;
    private final DatabaseProduct product;
    private final StoredEvents events;
    private final ParkingStore store;
    private final ParkedEvents parked;

    JdbcStoredEventsIT(DatabaseKind kind) {
        this.database = MigratedDatabase.on(kind, OutboxSchema.class);
        DataSource dataSource = database.dataSource();
        this.jdbc = JdbcClient.create(dataSource);
        this.product = DatabaseProduct.of(dataSource);
        this.events = StoredEvents.on(product, dataSource, OutboxTables.ON_SEARCH_PATH);
        this.store = ParkingStore.on(product, dataSource, OutboxTables.ON_SEARCH_PATH);
        this.parked = ParkingStore.decisions(product, dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    @Test
    void findsByKeyTypeTraceIdAndTimeTheLastOneFirst() {
        EventEnvelope first = event("A", "order.placed", TestEvents.TIME, Map.of());
        EventEnvelope second = event(
                "B",
                "order.cancelled",
                TestEvents.TIME.plusSeconds(60),
                Map.of(EventHeaders.TRACE_PARENT, "00-" + TRACE + "-b7ad6b7169203331-01"));
        EventEnvelope third = event("A", "order.cancelled", TestEvents.TIME.plusSeconds(120), Map.of());
        write(first, second, third);

        assertThat(ids(ALL)).containsExactly(third.id(), second.id(), first.id());
        assertThat(ids(ALL.ofKey("A"))).containsExactly(third.id(), first.id());
        assertThat(ids(ALL.ofType("order.cancelled"))).containsExactly(third.id(), second.id());
        assertThat(ids(ALL.ofTrace(TRACE))).containsExactly(second.id());
        assertThat(ids(EventSearch.between(TestEvents.TIME, TestEvents.TIME.plusSeconds(60))))
                .containsExactly(first.id());
        assertThat(ids(ALL.before(events.find(ALL, 1).get(0).place()))).containsExactly(second.id(), first.id());
        assertThat(events.find(ALL, 1))
                .singleElement()
                .satisfies(found -> assertThat(found.row().event()).isEqualTo(third));
    }

    @Test
    void pagesThroughEventsThatWereRaisedAtOnceAndFarApart() {
        for (int i = 0; i < 3; i++) {
            write(
                    event("A", "order.placed", TestEvents.TIME, Map.of()),
                    event("A", "order.placed", TestEvents.TIME.minus(Duration.ofHours(i)), Map.of()));
        }
        List<UUID> all = ids(ALL);
        assertThat(all).hasSize(6);

        List<UUID> paged = new ArrayList<>();
        EventSearch next = ALL;
        for (List<StoredEvent> page = events.find(next, 2); !page.isEmpty(); page = events.find(next, 2)) {
            page.forEach(found -> paged.add(found.row().event().id()));
            next = ALL.before(page.get(page.size() - 1).place());
        }
        assertThat(paged).isEqualTo(all);
    }

    /** An id says about when its event was raised; one that does not is looked for everywhere. */
    @Test
    void findsAnEventByItsId() {
        UUID timeOrdered = UUID.fromString("%08x-%04x-7000-8000-000000000001"
                .formatted(TestEvents.TIME.toEpochMilli() >>> 16, TestEvents.TIME.toEpochMilli() & 0xffff));
        UUID random = UUID.randomUUID();
        write(event(timeOrdered, "A", "order.placed", TestEvents.TIME, Map.of()));
        write(event(random, "A", "order.placed", TestEvents.TIME, Map.of()));

        assertThat(ids(EventSearch.of(timeOrdered))).containsExactly(timeOrdered);
        assertThat(ids(EventSearch.of(random))).containsExactly(random);
        assertThat(ids(EventSearch.of(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void saysHowFarAnEventHasCome() {
        write(event("waiting", "order.placed", TestEvents.TIME, Map.of()));
        long seq = seq("waiting");
        assertThat(stage("waiting")).isEqualTo(EventStage.WAITING);

        store.park(List.of(new Parking(seq, "too large", false)));
        removeFromQueue(seq);
        assertThat(events.find(ALL, 10)).singleElement().satisfies(found -> {
            assertThat(found.stage()).isEqualTo(EventStage.PARKED);
            assertThat(found.reason()).isEqualTo("too large");
            assertThat(found.since()).isNotNull();
        });

        parked.release(new AggregateRef("Order", "waiting"));
        assertThat(stage("waiting")).isEqualTo(EventStage.RELEASING);
    }

    @Test
    void saysWhatIsDiscarded() {
        write(event("A", "order.placed", TestEvents.TIME, Map.of()));
        store.park(List.of(new Parking(seq("A"), "too large", false)));
        removeFromQueue(seq("A"));

        parked.discard(new AggregateRef("Order", "A"));

        assertThat(stage("A")).isEqualTo(EventStage.DISCARDED);
    }

    @Test
    void saysWhatWaitsAndSinceWhen() {
        assertThat(events.backlog(10)).allSatisfy(lane -> {
            assertThat(lane.events()).isZero();
            assertThat(lane.oldest()).isNull();
        });
        write(
                event("A", "order.placed", TestEvents.TIME, Map.of()),
                event("A", "order.placed", TestEvents.TIME.plusSeconds(60), Map.of()));

        assertThat(events.backlog(10)).singleElement().isEqualTo(new LaneBacklog(0, 2, false, TestEvents.TIME));
        assertThat(events.backlog(1)).singleElement().isEqualTo(new LaneBacklog(0, 1, true, TestEvents.TIME));
    }

    private EventStage stage(String key) {
        return events.find(ALL.ofKey(key), 1).get(0).stage();
    }

    private List<UUID> ids(EventSearch search) {
        return events.find(search, 10).stream()
                .map(found -> found.row().event().id())
                .toList();
    }

    private long seq(String key) {
        return jdbc.sql(
                        "select seq from outbox_event where aggregateid = :key union select seq from outbox_parked where aggregateid = :key")
                .param("key", key)
                .query(Long.class)
                .single();
    }

    /** Where the relay deletes what it has parked. */
    private void removeFromQueue(long seq) {
        if (!product.keepsPublished()) {
            jdbc.sql("delete from outbox_event where seq = :seq")
                    .param("seq", seq)
                    .update();
        }
    }

    private static EventEnvelope event(String key, String type, Instant time, Map<String, String> headers) {
        return event(UUID.randomUUID(), key, type, time, headers);
    }

    private static EventEnvelope event(UUID id, String key, String type, Instant time, Map<String, String> headers) {
        return new EventEnvelope(
                id,
                new EventType(type, 1),
                new AggregateRef("Order", key),
                "orders",
                "order-service",
                time,
                EventPayload.json("{}".getBytes(StandardCharsets.UTF_8)),
                headers);
    }

    private void write(EventEnvelope... written) {
        OutboxWriter.on(product, database.dataSource(), OutboxTables.ON_SEARCH_PATH)
                .append(List.of(written));
    }
}
