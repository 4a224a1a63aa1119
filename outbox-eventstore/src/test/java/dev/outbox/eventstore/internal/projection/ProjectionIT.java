package dev.outbox.eventstore.internal.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.Appended;
import dev.outbox.eventstore.EventStore;
import dev.outbox.eventstore.ExpectedVersion;
import dev.outbox.eventstore.StoredEvent;
import dev.outbox.eventstore.projection.Projection;
import dev.outbox.eventstore.projection.ProjectionHandler;
import dev.outbox.eventstore.projection.ProjectionStatus;
import dev.outbox.eventstore.projection.ProjectionStatus.Failed;
import dev.outbox.eventstore.projection.ProjectionStoppedException;
import dev.outbox.eventstore.projection.Projections;
import dev.outbox.ledger.AccountOpened;
import dev.outbox.ledger.LedgerApplication;
import dev.outbox.ledger.MoneyDeposited;
import dev.outbox.producer.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A projection in a service, in the background; its handlers fail when a test says so. */
@SpringBootTest(
        classes = {LedgerApplication.class, ProjectionIT.Projected.class},
        properties = {"outbox.projection.retry-interval=100ms", "outbox.projection.attempts=2"})
class ProjectionIT {

    private static final String NAME = "balances";

    @Autowired
    Projections projections;

    @Autowired
    EventStore store;

    @Autowired
    PlatformTransactionManager manager;

    @Autowired
    DataSource dataSource;

    @Autowired
    Balances balances;

    @Autowired
    ProjectionEngine engine;

    @Autowired
    MeterRegistry meters;

    private JdbcClient jdbc;
    private TransactionTemplate transaction;
    private ProjectionHealthIndicator health;
    private final String id = UUID.randomUUID().toString();
    private final AggregateRef account = new AggregateRef("Account", id);

    @BeforeEach
    void connect() {
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(manager);
        health = new ProjectionHealthIndicator(engine, new Status("STUCK"), new Status("OUTDATED"));
    }

    @AfterEach
    void handlersWorkAgain() {
        balances.failing.set(null);
        balances.raising.set(null);
    }

    @Test
    void whatWasAppendedCanBeReadOnceItWasWaitedFor() {
        append(new AccountOpened(id, "Ada"), MoneyDeposited.of(id, 20));
        Appended appended = append(MoneyDeposited.of(id, 22));

        assertThat(projections.await(NAME, appended, Patience.LIMIT)).isTrue();
        assertThat(balance()).isEqualTo(42);
        assertThat(entries())
                .as("the number of the last event, as its handler got it")
                .isEqualTo(3);
        assertThat(meters.get("outbox.projection.events")
                        .tag("projection", NAME)
                        .counter()
                        .count())
                .isPositive();
        assertThat(projections.status(NAME).isCurrent()).isTrue();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void itIsNotWaitedForInTheTransactionThatAppends() {
        transaction.executeWithoutResult(status -> {
            Appended appended = store.append(account, ExpectedVersion.none(), List.of(new AccountOpened(id, "Ada")));
            assertThatIllegalStateException()
                    .isThrownBy(() -> projections.await(NAME, appended, Duration.ZERO))
                    .withMessageContaining("wait for it after the transaction");
        });
    }

    @Test
    void anEventThatFailsStopsItsLaneIsSeenAndIsPassedOverByADecisionAlone() {
        append(new AccountOpened(id, "Ada"));
        balances.failing.set(13L);
        Appended culprit = append(MoneyDeposited.of(id, 13));
        Appended behind = append(MoneyDeposited.of(id, 1));

        Failed failed = awaitFailed();

        assertThat(failed.stream()).isEqualTo("Account " + id);
        assertThat(failed.type()).isEqualTo("MoneyDeposited v2");
        assertThat(failed.reason()).contains("thirteen");
        assertThatExceptionOfType(ProjectionStoppedException.class)
                .isThrownBy(() -> projections.await(NAME, behind, Patience.LIMIT))
                .withMessageContaining(failed.event().toString())
                .withMessageContaining("thirteen");
        assertThat(health.health().getStatus()).isEqualTo(new Status("STUCK"));
        assertThat(meters.get("outbox.projection.stopped").gauge().value()).isEqualTo(1);
        assertThat(balance()).as("no later event is handled").isZero();
        assertThatIllegalStateException()
                .isThrownBy(() -> projections.skip(NAME, UUID.randomUUID(), "Ada", "a test"))
                .withMessageContaining("has stopped at event");
        assertThatIllegalArgumentException().isThrownBy(() -> projections.skip(NAME, failed.event(), "Ada", " "));

        projections.skip(NAME, failed.event(), "Ada", "a test");

        assertThat(projections.await(NAME, behind, Patience.LIMIT)).isTrue();
        assertThat(projections.await(NAME, culprit, Patience.LIMIT)).isTrue();
        assertThat(balance()).isEqualTo(1);
        assertThat(jdbc.sql(
                                "select decided_by || ' ' || reason || ' ' || stream from outbox_projection_skip where event = :event")
                        .param("event", failed.event())
                        .query(String.class)
                        .list())
                .containsExactly("Ada a test Account " + id);
        await().atMost(Patience.LIMIT).until(() -> health.health().getStatus().equals(Status.UP));
        assertThat(meters.get("outbox.projection.skips").counter().count()).isPositive();
    }

    @Test
    void anEventThatDoesNotFailAnyMoreIsHandled() {
        append(new AccountOpened(id, "Ada"));
        balances.failing.set(13L);
        Appended culprit = append(MoneyDeposited.of(id, 13));
        awaitFailed();

        balances.failing.set(null);

        await().atMost(Patience.LIMIT)
                .ignoreException(ProjectionStoppedException.class)
                .until(() -> projections.await(NAME, culprit, Patience.LIMIT));
        assertThat(balance()).isEqualTo(13);
    }

    @Test
    void aProjectionCannotRaiseEvents() {
        append(new AccountOpened(id, "Ada"));
        balances.raising.set(7L);
        Appended raised = append(MoneyDeposited.of(id, 7));

        assertThat(awaitFailed().reason()).contains("was raised by projection 'balances'");

        balances.raising.set(null);
        await().atMost(Patience.LIMIT)
                .ignoreException(ProjectionStoppedException.class)
                .until(() -> projections.await(NAME, raised, Patience.LIMIT));
        assertThat(store.read(account)).hasSize(2);
    }

    @Test
    void aRebuildTakesItsPlaceByItselfAndCanBeTakenBack() {
        projections.await(NAME, append(new AccountOpened(id, "Ada"), MoneyDeposited.of(id, 5)), Patience.LIMIT);
        jdbc.sql("update balance set amount = 999 where account = :id")
                .param("id", id)
                .update();

        int generation = projections.rebuild(NAME);

        awaitServing(generation);
        assertThat(balance()).isEqualTo(5);
        assertThat(projections.status(NAME).canRollBack()).isTrue();

        projections.rollback(NAME);

        awaitServing(generation - 1);
        assertThat(balance()).as("as it was before the swap").isEqualTo(999);
        Appended appended = append(MoneyDeposited.of(id, 1));
        assertThat(projections.await(NAME, appended, Patience.LIMIT)).isTrue();
        assertThat(balance()).as("and goes on from there").isEqualTo(1_000);
        projections.rollback(NAME);
        assertThat(projections.await(NAME, appended, Patience.LIMIT)).isTrue();
        assertThat(balance()).isEqualTo(6);
    }

    @Test
    void aRebuildThatStopsLeavesTheTablesThatServeAndCanBeCancelled() {
        Appended appended = append(new AccountOpened(id, "Ada"), MoneyDeposited.of(id, 11));
        projections.await(NAME, appended, Patience.LIMIT);
        int serving = Objects.requireNonNull(projections.status(NAME).serving()).generation();
        balances.failing.set(11L);

        projections.rebuild(NAME);

        await().atMost(Patience.LIMIT).until(() -> rebuildHasStopped());
        assertThatIllegalStateException().isThrownBy(() -> projections.rebuild(NAME));
        assertThat(balance()).isEqualTo(11);
        balances.failing.set(null);
        balances.failing.set(-1L);
        projections.cancel(NAME);

        ProjectionStatus after = projections.status(NAME);
        assertThat(after.rebuild()).isNull();
        assertThat(Objects.requireNonNull(after.serving()).generation()).isEqualTo(serving);
        assertThatIllegalStateException().isThrownBy(() -> projections.cancel(NAME));
        assertThat(projections.await(NAME, append(MoneyDeposited.of(id, 1)), Patience.LIMIT))
                .isTrue();
        assertThat(balance()).isEqualTo(12);
    }

    @Test
    void anUnknownProjectionIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> projections.status("nothing"))
                .withMessageContaining("no projection 'nothing'")
                .withMessageContaining(NAME);
    }

    private Appended append(Object... events) {
        return Objects.requireNonNull(
                transaction.execute(status -> store.append(account, ExpectedVersion.any(), List.of(events))));
    }

    private Failed awaitFailed() {
        return await().atMost(Patience.LIMIT).until(() -> failed(), Objects::nonNull);
    }

    private @Nullable Failed failed() {
        ProjectionStatus.Serving serving = projections.status(NAME).serving();
        return serving == null
                ? null
                : serving.lanes().stream()
                        .map(ProjectionStatus.Lane::failed)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private boolean rebuildHasStopped() {
        ProjectionStatus.Rebuild rebuild = projections.status(NAME).rebuild();
        return rebuild != null && rebuild.lanes().stream().anyMatch(lane -> lane.failed() != null);
    }

    private void awaitServing(int generation) {
        await().atMost(Patience.LIMIT).until(() -> {
            ProjectionStatus.Serving serving = projections.status(NAME).serving();
            return serving != null && serving.generation() == generation;
        });
    }

    private long balance() {
        return jdbc.sql("select coalesce(sum(amount), 0) from balance where account = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private long entries() {
        return jdbc.sql("select last_version from balance where account = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    @Configuration(proxyBeanMethods = false)
    static class Projected {

        @Bean
        Balances balances(DataSource dataSource, Outbox outbox) {
            JdbcClient.create(dataSource).sql("""
                    create table balance (account text primary key, amount bigint not null, last_version bigint not null)
                    """).update();
            return new Balances(dataSource, outbox);
        }

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }

    @Projection(name = NAME, tables = "balance", lanes = 2)
    static class Balances {

        final AtomicReference<@Nullable Long> failing = new AtomicReference<>();
        final AtomicReference<@Nullable Long> raising = new AtomicReference<>();
        private final JdbcClient jdbc;
        private final Outbox outbox;

        Balances(DataSource dataSource, Outbox outbox) {
            this.jdbc = JdbcClient.create(dataSource);
            this.outbox = outbox;
        }

        @ProjectionHandler
        void opened(AccountOpened event) {
            jdbc.sql("insert into balance values (:account, 0, 1)")
                    .param("account", event.account())
                    .update();
        }

        @ProjectionHandler
        void deposited(MoneyDeposited event, StoredEvent stored) {
            if (Objects.equals(failing.get(), event.amount())) {
                throw new IllegalStateException("no more than thirteen, and not " + event.amount());
            }
            if (Objects.equals(raising.get(), event.amount())) {
                outbox.publish(MoneyDeposited.of(event.account(), 1));
            }
            jdbc.sql("update balance set amount = amount + :amount, last_version = :version where account = :account")
                    .param("amount", event.amount())
                    .param("version", stored.version())
                    .param("account", event.account())
                    .update();
        }
    }
}
