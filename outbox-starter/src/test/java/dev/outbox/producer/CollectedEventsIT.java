package dev.outbox.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.bank.Account;
import dev.outbox.bank.AccountOpened;
import dev.outbox.bank.Accounts;
import dev.outbox.bank.BalanceChanged;
import dev.outbox.bank.BankApplication;
import dev.outbox.bank.OutboxRows;
import dev.outbox.bank.RecordedStatements;
import dev.outbox.embedded.TestPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** The events of entities that change without {@code save}. */
@SpringBootTest(
        classes = {BankApplication.class, TestPostgres.class, RecordedStatements.class, CollectedEventsIT.Hearing.class
        },
        properties = "outbox.capture.collect-from-entities=true")
class CollectedEventsIT {

    enum View {
        NONE,
        OPEN
    }

    @Autowired
    private Accounts accounts;

    @Autowired
    private EntityManager entityManager;

    @Autowired
    private EntityManagerFactory factory;

    @Autowired
    private PlatformTransactionManager transactionManager;

    @Autowired
    private OutboxRows rows;

    @Autowired
    private RecordedStatements statements;

    @Autowired
    private Hearing hearing;

    @BeforeEach
    void openAccounts() {
        hearing.then = event -> {};
        accounts.deleteAllInBatch();
        accounts.saveAll(List.of(Account.open("a", "Ada"), Account.open("b", "Bob")));
        rows.clear();
        statements.clear();
        hearing.events.clear();
        hearing.afterCommit.clear();
    }

    @ParameterizedTest
    @EnumSource
    void aChangeWithoutSaveRaisesItsEventOnceAndBehindTheChange(View view) {
        in(view, status -> account("a").deposit(5));

        List<String> done = statements.all();
        assertThat(rows.payloads()).containsExactly("{\"accountId\":\"a\",\"balance\":5}");
        assertThat(hearing.events).containsExactly(new BalanceChanged("a", 5));
        assertThat(hearing.afterCommit).containsExactly(new BalanceChanged("a", 5));
        assertThat(done.subList(1, done.size()))
                .satisfiesExactly(
                        update -> assertThat(update).startsWith("update account"),
                        insert -> assertThat(insert).contains("insert into outbox_event"));
    }

    @ParameterizedTest
    @EnumSource
    void whatSpringDataHasPublishedIsNotPublishedAgain(View view) {
        in(view, status -> {
            accounts.save(account("a").deposit(5));
            account("b").deposit(1);
            account("a").deposit(1);
        });

        assertThat(rows.payloads())
                .containsExactlyInAnyOrder(
                        "{\"accountId\":\"a\",\"balance\":5}",
                        "{\"accountId\":\"a\",\"balance\":6}",
                        "{\"accountId\":\"b\",\"balance\":1}");
        assertThat(rows.numbersOf("a")).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @EnumSource
    void entitiesThatArePersistedOrRemovedByTheEntityManagerRaiseTheirs(View view) {
        in(view, status -> {
            entityManager.persist(Account.open("c", "Cid"));
            entityManager.remove(account("a").deposit(-1));
        });

        assertThat(rows.payloads())
                .containsExactlyInAnyOrder(
                        "{\"accountId\":\"c\",\"owner\":\"Cid\"}", "{\"accountId\":\"a\",\"balance\":-1}");
        assertThat(accounts.findAllById(List.of("a", "b", "c"))).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void whatAListenerChangesRaisesItsEventsToo(View view) {
        hearing.then = event -> {
            if (event.equals(new BalanceChanged("a", 5))) {
                account("a").deposit(1);
                account("b").deposit(2);
            }
        };

        in(view, status -> account("a").deposit(5));

        List<String> done = statements.all();
        assertThat(rows.payloads())
                .containsExactlyInAnyOrder(
                        "{\"accountId\":\"a\",\"balance\":5}",
                        "{\"accountId\":\"a\",\"balance\":6}",
                        "{\"accountId\":\"b\",\"balance\":2}");
        assertThat(done.get(done.size() - 1)).contains("insert into outbox_event");
        assertThat(accounts.findById("b").orElseThrow().balance()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aRollbackAndAReadOnlyTransactionRaiseNone(View view) {
        Runnable twice = () -> {
            template(false).executeWithoutResult(status -> {
                account("a").deposit(5);
                status.setRollbackOnly();
            });
            template(true).executeWithoutResult(status -> account("b").deposit(5));
        };
        around(view, twice);

        assertThat(rows.payloads()).isEmpty();
        assertThat(hearing.events).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theNextTransactionOfAViewRaisesNothingAgain(View view) {
        around(view, () -> {
            template(false).executeWithoutResult(status -> account("a").deposit(5));
            template(false).executeWithoutResult(status -> account("a"));
        });

        assertThat(rows.payloads()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aReferenceThatIsNotLoadedStaysSo(View view) {
        in(view, status -> entityManager.getReference(Account.class, "a"));

        assertThat(statements.all()).isEmpty();
    }

    private Account account(String id) {
        return Objects.requireNonNull(entityManager.find(Account.class, id));
    }

    private void in(View view, Consumer<TransactionStatus> work) {
        around(view, () -> template(false).executeWithoutResult(work));
    }

    private void around(View view, Runnable work) {
        if (view == View.OPEN) {
            new OpenView().run(factory, work);
        } else {
            work.run();
        }
    }

    private TransactionTemplate template(boolean readOnly) {
        TransactionTemplate template = new TransactionTemplate(transactionManager);
        template.setReadOnly(readOnly);
        return template;
    }

    /** Listens as other parts of a service do. */
    static class Hearing {

        private final List<Object> events = new ArrayList<>();
        private final List<Object> afterCommit = new ArrayList<>();
        private Consumer<Object> then = event -> {};

        @EventListener({BalanceChanged.class, AccountOpened.class})
        void on(Object event) {
            events.add(event);
            then.accept(event);
        }

        @TransactionalEventListener
        void afterCommit(BalanceChanged event) {
            afterCommit.add(event);
        }
    }
}
