package dev.outbox.producer.internal.write;

import static dev.outbox.producer.internal.write.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.schema.OutboxSchema;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcOutboxWriterIT {

    @RegisterExtension
    final MigratedDatabase database;

    private final DatabaseKind kind;
    private final JdbcClient jdbc;

    JdbcOutboxWriterIT(DatabaseKind kind) {
        this.kind = kind;
        this.database = MigratedDatabase.on(kind, OutboxSchema.class);
        this.jdbc = JdbcClient.create(database.dataSource());
    }

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
                            contenttype, headers, octet_length(payload)
                        from outbox_event
                        """).query().listOfRows()).hasSize(1);
        assertThat(numbers("a")).containsExactly(1L, 1L, 2L, 3L, 1L, 1L);
    }

    @Test
    void storesWhatDebeziumReadsUnderItsDefaultNames() throws SQLException {
        try (OutboxSession session = new OutboxSession(database.dataSource())) {
            session.append(event("order-1", "{}")).commit();
        }
        List<String> row = jdbc.sql("select aggregatetype, aggregateid, type, version, bucket, topic from outbox_event")
                .query((found, rowNumber) -> IntStream.rangeClosed(1, 6)
                        .mapToObj(column -> text(found, column))
                        .toList())
                .single();
        assertThat(row).containsExactly("Order", "order-1", "OrderPlaced", "2", "47", "outbox.event.Order");
        assertThat(labels()).containsExactly("{}");
    }

    private static String text(ResultSet row, int column) {
        try {
            return row.getString(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitLockOf(int backend) {
        await().atMost(Patience.LIMIT).until(() -> new WaitingSessions(kind, jdbc).contains(backend));
    }

    private List<String> labels() {
        return jdbc.sql("select payload from outbox_event order by seq")
                .query((row, rowNumber) -> new String(row.getBytes(1), StandardCharsets.UTF_8))
                .list();
    }

    private List<@Nullable Long> numbers(String aggregateId) {
        return jdbc.sql("select aggregate_seq from outbox_event where aggregateid = ? order by seq")
                .param(aggregateId)
                .query(Long.class)
                .list();
    }
}
