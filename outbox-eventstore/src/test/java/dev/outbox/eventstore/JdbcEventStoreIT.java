package dev.outbox.eventstore;

import static dev.outbox.eventstore.ExpectedVersion.exactly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.ledger.AccountOpened;
import dev.outbox.ledger.MoneyDeposited;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@TestPropertySource(
        properties = "spring.autoconfigure.exclude="
                + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
                + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration")
class JdbcEventStoreIT extends EventStoreContract {

    @Test
    void whatWasWrittenSinceASavepointIsPendingAgainWhenThatIsRolledBack() {
        TransactionTemplate nested = new TransactionTemplate(manager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        transaction.executeWithoutResult(status -> {
            outbox.publish(new AccountOpened(id, "Ada"));
            nested.executeWithoutResult(inner -> {
                store.append(account, exactly(1), List.of(MoneyDeposited.of(id, 1)));
                assertThat(store.read(account)).hasSize(2);
                inner.setRollbackOnly();
            });
            assertThat(rows.in("outbox_event_stored", account)).isEmpty();
        });

        assertThat(rows.in("outbox_event_stored", account)).containsExactly("AccountOpened 1");
    }
}
