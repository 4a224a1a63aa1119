package dev.outbox.eventstore.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.ledger.AccountOpened;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@TestPropertySource(
        properties = "spring.autoconfigure.exclude="
                + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
                + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration")
class JdbcCommandCommitIT extends CommandCommitContract {

    @Test
    void whatWasWrittenSinceASavepointIsWrittenAgainWhenThatIsRolledBack() {
        TransactionTemplate nested = new TransactionTemplate(manager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        accounts.execute(id(), none -> {
            beforeCommit(() -> nested.executeWithoutResult(inner -> {
                assertThat(store.read(stream())).hasSize(1);
                inner.setRollbackOnly();
            }));
            return List.of(new AccountOpened(id(), "Ada"));
        });

        assertThat(rows.in("outbox_event_stored", stream())).containsExactly("AccountOpened 1");
    }
}
