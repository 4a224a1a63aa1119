package dev.outbox.relay.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.LaneLostException;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.PositionAheadException;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.log.ServerPromotedException;
import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.relay.rebase.LaneRebase;
import dev.outbox.schema.OutboxSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a position is worth after a restore, a migration or a failover. */
class LaneHistoryIT {

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final ReadBudget AMPLE = new ReadBudget(1_000, 1_000_000);
    private static final Position SAVED = Position.parse("700:700:");

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final LaneStore store = LaneStore.postgres(database.dataSource());
    private final LaneRebase rebase = LaneRebase.postgres(database.dataSource());
    private final OutboxLog log = OutboxLog.postgres(database.dataSource());

    @Test
    void aLaneWhosePositionIsOfAnotherServerIsRefusedUntilItIsRebased() {
        store.release(acquire(), SAVED);
        history("1234567890/00000001");

        assertThatExceptionOfType(ForeignPositionException.class)
                .isThrownBy(this::acquire)
                .withMessageContaining("1234567890")
                .withMessageContaining("LaneRebase.republish()");
        assertThatExceptionOfType(ForeignPositionException.class)
                .as("the lane is free, so the next attempt says the same")
                .isThrownBy(this::acquire);

        assertThat(rebase.keep()).isOne();
        assertThat(acquire().position()).isEqualTo(SAVED);
    }

    @Test
    void aPositionAheadOfThisServerIsNotKept() {
        for (String ahead : List.of("900000000:900000000:", "700:700:|900000000:900000000:|1|2")) {
            jdbc.sql("update outbox_lane set position = :ahead")
                    .param("ahead", ahead)
                    .update();
            history("1234567890/00000001");

            assertThat(rebase.keep()).as(ahead).isZero();
            assertThatExceptionOfType(ForeignPositionException.class).isThrownBy(this::acquire);
        }
    }

    @Test
    void republishingBeginsAnewAndTakesTheLaneFromItsOwner() {
        Lease owner = acquire();
        assertThat(rebase.republish()).isOne();
        assertThat(store.renew(owner, SAVED)).isFalse();
        assertThat(acquire().position()).isEqualTo(Position.START);
    }

    @Test
    void rowsThatCameWithADumpAreReadOnce() {
        OutboxWriter.postgres(database.dataSource()).append(List.of(event()));
        jdbc.sql("update outbox_event set xid = xid + 1000000").update();

        rebase.republish();

        LaneEpoch lane = epochOf(acquire());
        OutboxPage first = log.read(lane, Position.START, AMPLE);
        assertThat(first.rows()).hasSize(1);
        assertThat(log.read(lane, first.end(), AMPLE).rows()).isEmpty();
    }

    @Test
    void afterAFailoverTheOwnerSavesNothingAndReadsNothing() {
        Lease owner = acquire();
        history(jdbc.sql("select split_part(outbox_history(), '/', 1)")
                        .query(String.class)
                        .single()
                + "/000000FE");

        assertThat(store.renew(owner, SAVED)).isFalse();
        assertThat(store.release(owner, SAVED)).isFalse();
        assertThatExceptionOfType(ServerPromotedException.class)
                .isThrownBy(() -> log.read(epochOf(owner), Position.START, AMPLE));
    }

    @Test
    void afterAFailoverTheOwnerPagesOnThroughNoBacklog() {
        LaneEpoch lane = epochOf(acquire());
        OutboxWriter.postgres(database.dataSource()).append(List.of(event(), event(), event()));
        Position inTheBacklog =
                log.read(lane, Position.START, new ReadBudget(1, 1_000_000)).end();
        assertThat(inTheBacklog.paging()).isNotNull();
        history(jdbc.sql("select split_part(outbox_history(), '/', 1)")
                        .query(String.class)
                        .single()
                + "/000000FE");

        assertThatExceptionOfType(ServerPromotedException.class).isThrownBy(() -> log.read(lane, inTheBacklog, AMPLE));
    }

    @Test
    void afterAFailoverTheNextOwnerGoesOnAtThePositionThatTheStandbyHas() {
        store.release(acquire(), SAVED);
        history(jdbc.sql("select split_part(outbox_history(), '/', 1)")
                        .query(String.class)
                        .single()
                + "/000000FE");

        Lease next = acquire();

        assertThat(next.position()).isEqualTo(SAVED);
        assertThat(store.renew(next, SAVED)).isTrue();
        assertThat(log.read(epochOf(next), Position.START, AMPLE).rows()).isEmpty();
    }

    @Test
    void afterAFailoverAndATakeoverTheOldOwnerReadsNothing() {
        Lease old = acquire();
        OutboxWriter.postgres(database.dataSource()).append(List.of(event(), event(), event()));
        Position inTheBacklog = log.read(epochOf(old), Position.START, new ReadBudget(1, 1_000_000))
                .end();
        assertThat(inTheBacklog.paging()).isNotNull();
        expire();
        Lease next = store.acquire(Lane.ONLY, "next", TTL).orElseThrow();
        assertThat(jdbc.sql("select history = outbox_history() from outbox_lane")
                        .query(Boolean.class)
                        .single())
                .as("the timeline does not tell any more")
                .isTrue();

        assertThatExceptionOfType(LaneLostException.class)
                .isThrownBy(() -> log.read(epochOf(old), Position.START, AMPLE));
        assertThatExceptionOfType(LaneLostException.class)
                .isThrownBy(() -> log.read(epochOf(old), inTheBacklog, AMPLE));
        assertThat(log.read(epochOf(next), next.position(), AMPLE).rows()).hasSize(3);
    }

    @Test
    void afterRepublishingTheOldOwnerReadsNothing() {
        Lease owner = acquire();
        rebase.republish();
        assertThatExceptionOfType(LaneLostException.class)
                .isThrownBy(() -> log.read(epochOf(owner), Position.START, AMPLE));
    }

    @Test
    void aPositionThatTheServerCannotHaveReachedIsNotSaved() {
        Lease owner = acquire();
        Position ahead = Position.at(Snapshot.parse("900000000:900000000:"));
        Position aheadInABacklog = Position.parse("700:700:|900000000:900000000:|1|2");

        assertThat(store.renew(owner, ahead)).isFalse();
        assertThat(store.renew(owner, aheadInABacklog)).isFalse();
        assertThat(store.release(owner, ahead)).isFalse();
        assertThat(acquire().position()).isEqualTo(Position.START);
    }

    @Test
    void aLaneWhosePositionTheServerCannotHaveReachedIsGivenToNobody() {
        for (String ahead : List.of("900000000:900000000:", "700:700:|900000000:900000000:|1|2")) {
            jdbc.sql("update outbox_lane set position = :ahead")
                    .param("ahead", ahead)
                    .update();

            assertThatExceptionOfType(PositionAheadException.class)
                    .isThrownBy(this::acquire)
                    .withMessageContaining("LaneRebase.republish()");
            assertThatExceptionOfType(PositionAheadException.class)
                    .as("the lane is free, so the next attempt says the same")
                    .isThrownBy(this::acquire);
        }

        rebase.republish();
        assertThat(acquire().position()).isEqualTo(Position.START);
    }

    @Test
    void whoAcquiredALaneBeforeARestartSavesNothingAndReadsNothing() {
        Lease owner = acquire();
        OutboxWriter.postgres(database.dataSource()).append(List.of(event(), event(), event()));
        Position inTheBacklog = log.read(epochOf(owner), Position.START, new ReadBudget(1, 1_000_000))
                .end();
        jdbc.sql("update outbox_lane set history = regexp_replace(history, '[0-9]+$', '1')")
                .update();

        assertThat(store.renew(owner, SAVED)).isFalse();
        assertThat(store.release(owner, SAVED)).isFalse();
        assertThatExceptionOfType(LaneLostException.class)
                .isThrownBy(() -> log.read(epochOf(owner), Position.START, AMPLE));
        assertThatExceptionOfType(LaneLostException.class)
                .isThrownBy(() -> log.read(epochOf(owner), inTheBacklog, AMPLE));
        Lease again = acquire();
        assertThat(log.read(epochOf(again), again.position(), AMPLE).rows()).hasSize(3);
    }

    @Test
    void aPositionThatAPersonSetsIsNotUndoneByTheOwner() {
        Lease owner = acquire();
        store.renew(owner, SAVED);

        jdbc.sql("update outbox_lane set position = null").update();

        assertThat(store.renew(owner, SAVED)).isFalse();
        assertThat(store.acquire(Lane.ONLY, "next", TTL).orElseThrow().position())
                .isEqualTo(Position.START);
    }

    @Test
    void aNewDivisionOfTheLanesKeepsTheServerOfTheOldOne() {
        store.release(acquire(), SAVED);
        history("1234567890/00000001");
        assertThat(LaneLayout.postgres(database.dataSource()).change(1, 2)).isTrue();
        assertThatExceptionOfType(ForeignPositionException.class)
                .isThrownBy(() -> store.acquire(new Lane(1, 2), "relay", TTL));
    }

    @Test
    void anyUserMayAskForTheHistory() {
        assertThat(jdbc.sql("""
                        select has_function_privilege('public', 'outbox_history()', 'execute')
                            and has_function_privilege('public', 'pg_control_system()', 'execute')
                            and has_function_privilege('public', 'pg_walfile_name(pg_lsn)', 'execute')
                        """).query(Boolean.class).single()).isTrue();
    }

    private Lease acquire() {
        return store.acquire(Lane.ONLY, "relay", TTL).orElseThrow();
    }

    private static LaneEpoch epochOf(Lease lease) {
        return new LaneEpoch(BucketRange.ALL, lease.epoch());
    }

    private void expire() {
        jdbc.sql("update outbox_lane set lease_until = clock_timestamp()").update();
    }

    private void history(String history) {
        jdbc.sql("update outbox_lane set history = :history")
                .param("history", history)
                .update();
    }

    private static EventEnvelope event() {
        return new EventEnvelope(
                UUID.randomUUID(),
                new EventType("OrderPlaced", 1),
                new AggregateRef("Order", "order-1"),
                "orders",
                "/orders",
                Instant.parse("2026-01-02T03:04:05Z"),
                EventPayload.json(new byte[] {'{', '}'}),
                Map.of());
    }
}
