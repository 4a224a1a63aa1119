package dev.outbox.eventstore;

import static dev.outbox.eventstore.ExpectedVersion.any;
import static dev.outbox.eventstore.ExpectedVersion.none;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.ledger.AccountOpened;
import dev.outbox.ledger.Customer;
import dev.outbox.ledger.MoneyDeposited;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.test.context.TestPropertySource;

/** Entities and streams in one transaction. */
@TestPropertySource(properties = "spring.jpa.hibernate.ddl-auto=update")
class JpaEventStoreIT extends EventStoreContract {

    @Autowired
    EntityManager entities;

    @Test
    void whatEntitiesHaveChangedIsInTheDatabaseBeforeAnEventIsAppended() {
        transaction.executeWithoutResult(status -> {
            entities.persist(new Customer(id, "Ada"));
            store.append(account, none(), List.of(new AccountOpened(id, "Ada")));
            assertThat(names()).as("locks are taken in the order of a commit").containsExactly("Ada");
            status.setRollbackOnly();
        });

        assertThat(names()).isEmpty();
        assertThat(store.read(account)).isEmpty();
    }

    @Test
    void anEntityThatSomeoneElseHasChangedAppendsNothing() {
        transaction.executeWithoutResult(status -> entities.persist(new Customer(id, "Ada")));

        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> {
                    Customer customer = entities.find(Customer.class, id);
                    rows.jdbc()
                            .sql("update customer set version = version + 1 where id = :id")
                            .param("id", id)
                            .update();
                    customer.rename("Bo");
                    store.append(account, any(), List.of(MoneyDeposited.of(id, 1)));
                }));

        assertThat(rows.in("outbox_event", account)).isEmpty();
        assertThat(names()).containsExactly("Ada");
    }

    private List<String> names() {
        return rows.jdbc()
                .sql("select name from customer where id = :id")
                .param("id", id)
                .query(String.class)
                .list();
    }
}
