package dev.outbox.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.bank.Account;
import dev.outbox.bank.AccountOpened;
import dev.outbox.bank.Accounts;
import dev.outbox.bank.BankApplication;
import dev.outbox.bank.OutboxRows;
import dev.outbox.embedded.TestPostgres;
import dev.outbox.producer.Outbox;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Boot's slices have an outbox, so that what they test may publish. */
class SlicesIT {

    @Nested
    @DataJpaTest
    @AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
    @ContextConfiguration(classes = BankApplication.class)
    @Import({TestPostgres.class, Closing.class, OutboxRows.class})
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    class OfJpa {

        @Test
        void haveAnOutbox(@Autowired Accounts accounts, @Autowired OutboxRows rows, @Autowired Closing closing) {
            accounts.save(Account.open("a", "Ada"));
            assertThat(rows.payloads()).hasSize(1);
        }
    }

    @Nested
    @DataJpaTest(properties = "outbox.enabled=false")
    @ContextConfiguration(classes = BankApplication.class)
    @Import(Closing.class)
    class OfJpaOnH2 {

        @Test
        void startWithoutOne(@Autowired Accounts accounts, @Autowired Closing closing) {
            accounts.saveAndFlush(Account.open("a", "Ada"));
            assertThat(accounts.count()).isOne();
        }
    }

    @Nested
    @JdbcTest
    @AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
    @ContextConfiguration(classes = BankApplication.class)
    @Import({TestPostgres.class, Closing.class, OutboxRows.class})
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    class OfJdbc {

        @Test
        void haveAnOutbox(
                @Autowired TransactionTemplate transaction, @Autowired OutboxRows rows, @Autowired Closing closing) {
            transaction.executeWithoutResult(status -> closing.outbox.publish(new AccountOpened("a", "Ada")));
            assertThat(rows.payloads()).hasSize(1);
        }
    }

    /** A service that a slice takes in. */
    static class Closing {

        final Outbox outbox;

        Closing(Outbox outbox) {
            this.outbox = outbox;
        }
    }
}
