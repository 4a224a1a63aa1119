package dev.outbox.eventstore.internal.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.Appended;
import dev.outbox.eventstore.EventStore;
import dev.outbox.eventstore.ExpectedVersion;
import dev.outbox.eventstore.Subjects;
import dev.outbox.eventstore.projection.ProjectionStatus.Serving;
import dev.outbox.eventstore.projection.Projections;
import dev.outbox.ledger.AccountOpened;
import dev.outbox.ledger.Balances;
import dev.outbox.ledger.LedgerApplication;
import dev.outbox.ledger.MoneyDeposited;
import dev.outbox.personal.SubjectKey;
import dev.outbox.personal.SubjectKeys;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The tables of the outbox are in a schema that connections do not look into, those of the projection are not. */
@SpringBootTest(
        classes = {LedgerApplication.class, ProjectionInASchemaIT.Projected.class},
        properties = "outbox.schema.name=Boxes")
class ProjectionInASchemaIT {

    private static final AggregateRef ACCOUNT = new AggregateRef("Account", "a");

    @Autowired
    Projections projections;

    @Autowired
    EventStore store;

    @Autowired
    Subjects subjects;

    @Autowired
    SubjectKeys keys;

    @Autowired
    PlatformTransactionManager manager;

    @Autowired
    DataSource dataSource;

    @Test
    void itIsFilledAndRebuilt() {
        Appended appended = append(new AccountOpened("a", "Ada"), MoneyDeposited.of("a", 7));
        assertThat(projections.await("balances", appended, Patience.LIMIT)).isTrue();
        assertThat(balance()).isEqualTo(7);

        int generation = projections.rebuild("balances");
        await().atMost(Patience.LIMIT).until(() -> serving() == generation);
        assertThat(projections.await("balances", append(MoneyDeposited.of("a", 1)), Patience.LIMIT))
                .isTrue();
        assertThat(balance()).isEqualTo(8);
    }

    @Test
    void theKeysOfSubjectsAreThereAsWell() {
        TransactionTemplate transaction = new TransactionTemplate(manager);
        SubjectKey key = Objects.requireNonNull(transaction.execute(status -> keys.current("ann")));
        subjects.rotateKey("ann");
        assertThat(keys.find("ann", key.id())).isPresent();

        subjects.forget("ann");

        assertThat(keys.find("ann", key.id())).isEmpty();
        assertThat(subjects.isForgotten("ann")).isTrue();
        assertThat(JdbcClient.create(dataSource)
                        .sql("select subject from \"Boxes\".outbox_subject where forgotten_at is not null")
                        .query(String.class)
                        .list())
                .containsExactly("ann");
    }

    private int serving() {
        Serving serving = projections.status("balances").serving();
        return serving == null ? 0 : serving.generation();
    }

    private Appended append(Object... events) {
        return Objects.requireNonNull(new TransactionTemplate(manager)
                .execute(status -> store.append(ACCOUNT, ExpectedVersion.any(), List.of(events))));
    }

    private long balance() {
        return JdbcClient.create(dataSource)
                .sql("select amount from balance where account = 'a'")
                .query(Long.class)
                .single();
    }

    @Configuration(proxyBeanMethods = false)
    static class Projected {

        @Bean
        Balances balances(DataSource dataSource) {
            JdbcClient.create(dataSource)
                    .sql("create table balance (account text primary key, amount bigint not null)")
                    .update();
            return new Balances(dataSource);
        }
    }
}
