package dev.outbox.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.bank.BalanceChanged;
import dev.outbox.bank.BankApplication;
import dev.outbox.bank.OutboxRows;
import dev.outbox.embedded.TestPostgres;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two transactions, one inside the other, of all kinds of transaction managers, with every propagation and every end. Beside
 * each event a row is written, on whatever connection a repository would get there: the event is stored if and only if its
 * row is, and by the same transaction, or it was refused when it was raised.
 */
@SpringBootTest(classes = {BankApplication.class, TransactionMatrixIT.Managers.class})
class TransactionMatrixIT {

    @Autowired
    private Outbox outbox;

    @Autowired
    private OutboxRows rows;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private EntityManagerFactory entityManagers;

    private static final AtomicInteger CELLS = new AtomicInteger();

    private final Map<Manager, PlatformTransactionManager> managers = new EnumMap<>(Manager.class);

    @BeforeEach
    void clear(
            @Autowired DataSource dataSource,
            @Autowired JpaTransactionManager jpa,
            @Autowired @Qualifier("jdbcManager") JdbcTransactionManager jdbcManager,
            @Autowired @Qualifier("otherManager") JdbcTransactionManager otherManager,
            @Autowired WithoutConnection plainManager) {
        managers.put(Manager.JPA, jpa);
        managers.put(Manager.JDBC, jdbcManager);
        managers.put(Manager.OTHER, otherManager);
        managers.put(Manager.PLAIN, plainManager);
        managers.put(Manager.NO_BEAN, new JdbcTransactionManager(dataSource));
        jdbc.sql("""
                        create table if not exists matrix_row (
                            id  text primary key,
                            xid bigint not null default pg_current_xact_id()::text::bigint)
                        """).update();
        jdbc.sql("truncate matrix_row").update();
        rows.clear();
    }

    /** All pairs but those of JPA's manager around a JDBC manager on the same connection, which commits it. */
    static Stream<Arguments> pairs() {
        return Stream.of(Manager.values())
                .flatMap(outer -> Stream.of(Manager.values())
                        .flatMap(inner -> PROPAGATIONS.stream()
                                .filter(propagation -> !(sharesAConnection(outer, inner)
                                        && PROPAGATIONS_THAT_BEGIN.contains(propagation)))
                                .map(propagation -> Arguments.of(outer, inner, propagation))));
    }

    @ParameterizedTest(name = "{0}, inside {1} {2}")
    @MethodSource("pairs")
    void anEventIsStoredIfAndOnlyIfTheRowBesideItIsAndByTheSameTransaction(
            Manager outer, Manager inner, Propagation propagation) {
        List<String> violations = new ArrayList<>();
        for (Around around : arounds()) {
            for (End outerEnd : outerEnds()) {
                for (End innerEnd : innerEnds()) {
                    Cell cell = new Cell(outer, inner, propagation, outerEnd, innerEnd, around);
                    cell.run();
                    violations.addAll(cell.violations());
                }
            }
        }
        assertThat(violations).isEmpty();
    }

    List<Around> arounds() {
        return List.of(Around.values());
    }

    List<End> outerEnds() {
        return List.of(End.values());
    }

    List<End> innerEnds() {
        return List.of(End.COMMIT, End.MARKED_LOCALLY, End.EXCEPTION);
    }

    /** {@return whether the outbox takes events in its transactions} */
    boolean isOnTheOutbox(Manager manager) {
        return manager == Manager.JPA || manager == Manager.JDBC;
    }

    /** Spring lets JPA's manager begin inside none on its connection, and one for JDBC inside JPA's commits for both. */
    private static boolean sharesAConnection(Manager outer, Manager inner) {
        return inner == Manager.JPA ? JDBC_MANAGERS.contains(outer) : outer == Manager.JPA && inner == Manager.NO_BEAN;
    }

    static final List<Propagation> PROPAGATIONS = List.of(
            Propagation.REQUIRED,
            Propagation.REQUIRES_NEW,
            Propagation.NESTED,
            Propagation.NOT_SUPPORTED,
            Propagation.SUPPORTS);

    private static final Set<Manager> JDBC_MANAGERS = Set.of(Manager.JDBC, Manager.NO_BEAN);

    private static final Set<Propagation> PROPAGATIONS_THAT_BEGIN =
            Set.of(Propagation.REQUIRED, Propagation.REQUIRES_NEW, Propagation.NESTED);

    enum Manager {
        JPA,
        JDBC,
        OTHER,
        PLAIN,
        NO_BEAN
    }

    enum End {
        COMMIT,
        MARKED_LOCALLY,
        MARKED_LOCALLY_BEFORE_COMMIT,
        PARTICIPANT_FAILS,
        PARTICIPANT_FAILS_BEFORE_COMMIT,
        PARTICIPANT_FAILS_BEFORE_COMPLETION,
        EXCEPTION
    }

    enum Around {
        NOTHING,
        VIEW,
        READ_ONLY
    }

    /** One combination. */
    private final class Cell {

        private final Manager outer;
        private final Manager inner;
        private final Propagation propagation;
        private final End outerEnd;
        private final End innerEnd;
        private final Around around;
        private final boolean readOnly;
        private final String prefix = "c" + CELLS.incrementAndGet() + "-";
        private final Set<String> accepted = new HashSet<>();
        private final Set<String> refused = new HashSet<>();

        Cell(Manager outer, Manager inner, Propagation propagation, End outerEnd, End innerEnd, Around around) {
            this.outer = outer;
            this.inner = inner;
            this.propagation = propagation;
            this.outerEnd = outerEnd;
            this.innerEnd = innerEnd;
            this.around = around;
            this.readOnly = around == Around.READ_ONLY;
        }

        void run() {
            Runnable outside = () -> in(template(outer, Propagation.REQUIRED, readOnly), outerEnd, this::outerBody);
            if (around == Around.VIEW) {
                quietly(() -> new OpenView().run(entityManagers, outside));
            } else {
                quietly(outside);
            }
            assertThat(TransactionSynchronizationManager.getResourceMap())
                    .as("left on the thread")
                    .isEmpty();
        }

        private void outerBody() {
            raise("before");
            quietly(() -> in(template(inner, propagation, false), innerEnd, () -> raise("inside")));
            raise("after");
        }

        private void in(TransactionTemplate template, End end, Runnable body) {
            template.executeWithoutResult(status -> {
                body.run();
                end(template, status, end);
            });
        }

        private void end(TransactionTemplate template, TransactionStatus status, End end) {
            Runnable participant = () ->
                    quietly(() -> new TransactionTemplate(Objects.requireNonNull(template.getTransactionManager()))
                            .executeWithoutResult(inside -> {
                                throw new IllegalStateException("participant");
                            }));
            switch (end) {
                case COMMIT -> {}
                case MARKED_LOCALLY -> status.setRollbackOnly();
                case MARKED_LOCALLY_BEFORE_COMMIT -> beforeCommit(status::setRollbackOnly, () -> {});
                case PARTICIPANT_FAILS -> participant.run();
                case PARTICIPANT_FAILS_BEFORE_COMMIT -> beforeCommit(participant, () -> {});
                case PARTICIPANT_FAILS_BEFORE_COMPLETION -> beforeCommit(() -> {}, participant);
                case EXCEPTION -> throw new IllegalStateException("business");
            }
        }

        private void beforeCommit(Runnable beforeCommit, Runnable beforeCompletion) {
            if (TransactionSynchronizationManager.isSynchronizationActive()) {
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean ignored) {
                        beforeCommit.run();
                    }

                    @Override
                    public void beforeCompletion() {
                        beforeCompletion.run();
                    }
                });
            }
        }

        private TransactionTemplate template(Manager manager, Propagation how, boolean forReading) {
            TransactionTemplate template = new TransactionTemplate(Objects.requireNonNull(managers.get(manager)));
            template.setPropagationBehavior(how.value());
            template.setReadOnly(forReading);
            return template;
        }

        private void raise(String place) {
            try {
                outbox.publish(new BalanceChanged(prefix + place, 1));
                accepted.add(place);
            } catch (EventRefusedException e) {
                refused.add(place);
            }
            // PostgreSQL refuses it in a read-only transaction.
            if (!readOnly || accepted.contains(place)) {
                jdbc.sql("insert into matrix_row (id) values (?)")
                        .param(prefix + place)
                        .update();
            }
        }

        List<String> violations() {
            Map<String, Long> stored = found("select aggregateid, xid from outbox_event where aggregateid like ?");
            Map<String, Long> committed = found("select id, xid from matrix_row where id like ?");
            List<String> violations = new ArrayList<>();
            for (String place : List.of("before", "inside", "after")) {
                if (accepted.contains(place) && !Objects.equals(stored.get(place), committed.get(place))) {
                    violations.add("%s: %s was accepted, stored by transaction %s, its row by %s"
                            .formatted(this, place, stored.get(place), committed.get(place)));
                }
                if (refused.contains(place) && stored.containsKey(place)) {
                    violations.add("%s: %s was refused and stored".formatted(this, place));
                }
                if (refused.contains(place) && mustBeAccepted(place)) {
                    violations.add("%s: %s was refused".formatted(this, place));
                }
            }
            return violations;
        }

        /** {@return the transaction that has stored what was raised at each place; not its savepoint} */
        private Map<String, Long> found(String statement) {
            Map<String, Long> transactions = new HashMap<>();
            jdbc.sql(statement).param(prefix + "%").query(row -> {
                transactions.put(row.getString(1).substring(prefix.length()), row.getLong(2));
            });
            return transactions;
        }

        private boolean mustBeAccepted(String place) {
            if (!place.equals("inside")) {
                return isOnTheOutbox(outer) && !readOnly;
            }
            boolean elsewhere = !isOnTheOutbox(outer) && outer != Manager.NO_BEAN;
            return switch (propagation) {
                case REQUIRES_NEW -> isOnTheOutbox(inner) && (inner == outer || elsewhere);
                case REQUIRED, NESTED -> isOnTheOutbox(inner) && (elsewhere || (inner == outer && !readOnly));
                default -> false;
            };
        }

        @Override
        public String toString() {
            return "%s in %s %s, inside %s %s %s".formatted(outer, around, outerEnd, inner, propagation, innerEnd);
        }
    }

    private static void quietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException expected) {
            // The end that it has is looked at in the tables.
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(TestPostgres.class)
    static class Managers {

        @Bean
        @Primary
        JpaTransactionManager transactionManager(EntityManagerFactory factory) {
            JpaTransactionManager manager = new JpaTransactionManager(factory);
            manager.setNestedTransactionAllowed(true);
            return manager;
        }

        @Bean
        JdbcTransactionManager jdbcManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        JdbcTransactionManager otherManager(JdbcConnectionDetails server) {
            return new JdbcTransactionManager(new DriverManagerDataSource(
                    server.getJdbcUrl(), String.valueOf(server.getUsername()), String.valueOf(server.getPassword())));
        }

        @Bean
        WithoutConnection plainManager() {
            return new WithoutConnection();
        }
    }

    /** Like Kafka's: an actual transaction manager without synchronization. */
    static final class WithoutConnection extends AbstractPlatformTransactionManager {

        WithoutConnection() {
            setTransactionSynchronization(SYNCHRONIZATION_NEVER);
        }

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
