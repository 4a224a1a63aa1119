package dev.outbox.producer.internal.write;

import static dev.outbox.producer.internal.write.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcOutboxWriterIT {

    @RegisterExtension
    static final MigratedDatabase database =
            MigratedDatabase.by(OutboxSchema::new).emptied("outbox_event", "outbox_key");

    private static final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @Test
    void countsEachAggregateDenselyAndKeepsTheOrderOfRaising() throws SQLException {
        try (OutboxSession session = new OutboxSession(database.dataSource())) {
            session.append(event("b", "b1"), event("a", "a1"), event("b", "b2")).commit();
            session.append(event("a", "a2"), event("b", "b3")).commit();
        }
        assertThat(labels()).containsExactly("b1", "a1", "b2", "a2", "b3");
        assertThat(numbers("a")).containsExactly(1L, 2L);
        assertThat(numbers("b")).containsExactly(1L, 2L, 3L);
    }

    @Test
    void rollbackGivesTheNumbersBack() throws SQLException {
        try (OutboxSession session = new OutboxSession(database.dataSource())) {
            session.append(event("a", "lost")).rollback();
            session.append(event("a", "a1")).commit();
        }
        assertThat(numbers("a")).containsExactly(1L);
    }

    @Test
    void theNextWriterOfAnAggregateDrawsItsPlaceAfterTheCommitOfTheFirst() throws Exception {
        try (OutboxSession first = new OutboxSession(database.dataSource());
                OutboxSession second = new OutboxSession(database.dataSource())) {
            // The second has the older transaction id, so neither id nor begin decides.
            second.begin();
            int waitingBackend = second.backendPid();
            first.append(event("a", "first"));
            CompletableFuture<OutboxSession> waiting =
                    CompletableFuture.supplyAsync(() -> second.append(event("a", "second")));
            awaitLockOf(waitingBackend);
            first.append(event("c", "between")).commit();
            waiting.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS).commit();
        }
        assertThat(labels()).containsExactly("first", "between", "second");
        assertThat(numbers("a")).containsExactly(1L, 2L);
    }

    @Test
    void aWriterThatWaitsForAnAggregateHoldsNoneThatSortsBehindIt() throws Exception {
        try (OutboxSession first = new OutboxSession(database.dataSource());
                OutboxSession second = new OutboxSession(database.dataSource())) {
            int waitingBackend = second.backendPid();
            first.append(event("a", "a1"));
            CompletableFuture<OutboxSession> waiting =
                    CompletableFuture.supplyAsync(() -> second.append(event("b", "b2"), event("a", "a2")));
            awaitLockOf(waitingBackend);
            // Would be a deadlock if the second held b while it waits for a.
            first.append(event("b", "b1")).commit();
            waiting.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS).commit();
        }
        assertThat(labels()).containsExactly("a1", "b1", "b2", "a2");
    }

    @Test
    void anAggregateThatCountsItselfNeedsNoKeyRow() throws SQLException {
        try (OutboxSession session = new OutboxSession(database.dataSource())) {
            session.appendCounted(new CountedEvent(1, event("a", "a1"))).commit();
            session.appendCounted(
                            new CountedEvent(7, event("b", "b7")),
                            new CountedEvent(2, event("a", "a2")),
                            new CountedEvent(8, event("b", "b8")))
                    .commit();
        }
        assertThat(labels()).containsExactly("a1", "b7", "a2", "b8");
        assertThat(numbers("a")).containsExactly(1L, 2L);
        assertThat(numbers("b")).containsExactly(7L, 8L);
        assertThat(jdbc.sql("select count(*) from outbox_key").query(Long.class).single())
                .isZero();
    }

    @Test
    void storesTheSameOfAnEventWhoeverCountsIt() throws SQLException {
        EventEnvelope event = new EventEnvelope(
                UUID.randomUUID(),
                new EventType("OrderPlaced", 2),
                new AggregateRef("Order", "a"),
                "outbox.event.Order",
                "/order-service",
                Instant.parse("2026-03-01T10:15:30.123456Z"),
                EventPayload.of("text/plain", new byte[] {1, 0, 2}),
                Map.of("tenant", "t1"));
        try (OutboxSession session = new OutboxSession(database.dataSource())) {
            CountedEvent first = new CountedEvent(1, event);
            session.append(event).appendCounted(first);
            session.append(event, event).appendCounted(first, first).commit();
        }
        assertThat(jdbc.sql("""
                        select distinct created_at, id, version, bucket, aggregatetype, aggregateid, type, topic, source,
                            contenttype, headers, payload
                        from outbox_event
                        """).query().listOfRows()).hasSize(1);
        assertThat(numbers("a")).containsExactly(1L, 1L, 2L, 3L, 1L, 1L);
    }

    @Test
    void storesWhatDebeziumReadsUnderItsDefaultNames() throws SQLException {
        try (OutboxSession session = new OutboxSession(database.dataSource())) {
            session.append(event("order-1", "{}")).commit();
        }
        Map<String, @Nullable Object> row = jdbc.sql(
                        "select aggregatetype, aggregateid, type, version, bucket, topic, payload from outbox_event")
                .query()
                .singleRow();
        assertThat(row)
                .containsEntry("aggregatetype", "Order")
                .containsEntry("aggregateid", "order-1")
                .containsEntry("type", "OrderPlaced")
                .containsEntry("version", 2)
                .containsEntry("bucket", 47)
                .containsEntry("topic", "outbox.event.Order")
                .containsEntry("payload", new byte[] {'{', '}'});
    }

    private static void awaitLockOf(int backend) {
        await().atMost(Patience.LIMIT)
                .until(() -> jdbc.sql("select wait_event_type = 'Lock' from pg_stat_activity where pid = ?")
                        .param(backend)
                        .query(Boolean.class)
                        .single());
    }

    private static List<@Nullable String> labels() {
        return jdbc.sql("select convert_from(payload, 'UTF8') from outbox_event order by seq")
                .query(String.class)
                .list();
    }

    private static List<@Nullable Long> numbers(String aggregateId) {
        return jdbc.sql("select aggregate_seq from outbox_event where aggregateid = ? order by seq")
                .param(aggregateId)
                .query(Long.class)
                .list();
    }
}
