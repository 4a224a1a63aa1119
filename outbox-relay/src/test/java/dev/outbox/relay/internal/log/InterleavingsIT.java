package dev.outbox.relay.internal.log;

import static dev.outbox.relay.internal.log.Reads.LANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.event.EventEnvelope;
import dev.outbox.producer.internal.write.Events;
import dev.outbox.producer.internal.write.WaitingSessions;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.BusinessTransaction.Locking;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Two writers and a relay on a real database, in every order that their steps can take: each committed event is read
 * once, the events of an aggregate in the order of the commits, and nothing of a rollback.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterleavingsIT {

    private static final int AMPLE = 1_000;

    private static final int LAST_LOOKS = 1_000;

    /** So many cases share the tables before they are emptied. */
    private static final int FEW = 100;

    @RegisterExtension
    final MigratedDatabase database = tables();

    private JdbcClient observer;
    private ScriptedWriter first;
    private ScriptedWriter second;
    private OutboxLog log;

    private Position position = Position.START;
    private int cases;

    DatabaseKind kind() {
        return DatabaseKind.POSTGRESQL;
    }

    MigratedDatabase tables() {
        return MigratedDatabase.on(kind(), OutboxSchema.class);
    }

    OutboxLog log(DataSource dataSource) {
        return OutboxLog.postgres(dataSource);
    }

    @BeforeAll
    void connect() throws SQLException {
        observer = JdbcClient.create(connection());
        observer.sql("create table account (id varchar(100) primary key, version bigint not null)")
                .update();
        WaitingSessions waiting = new WaitingSessions(kind(), observer);
        first = new ScriptedWriter(database.dataSource(), waiting);
        second = new ScriptedWriter(database.dataSource(), waiting);
        log = log(connection());
    }

    @AfterAll
    void disconnect() throws SQLException {
        first.close();
        second.close();
    }

    private SingleConnectionDataSource connection() throws SQLException {
        return new SingleConnectionDataSource(database.dataSource().getConnection(), true);
    }

    Stream<Setting> settings() {
        Writes one = new Writes("a", 1, true);
        Writes two = new Writes("a", 2, true);
        Writes others = new Writes("b", 2, true);
        Writes undone = new Writes("a", 2, false);
        Writes othersUndone = new Writes("b", 2, false);
        return Stream.of(
                new Setting(Locking.NONE, one, one, AMPLE),
                new Setting(Locking.NONE, two, two, AMPLE),
                new Setting(Locking.NONE, one, undone, AMPLE),
                new Setting(Locking.NONE, two, others, AMPLE),
                new Setting(Locking.NONE, two, two, 1),
                new Setting(Locking.NONE, two, others, 1),
                new Setting(Locking.NONE, two, othersUndone, 2),
                new Setting(Locking.PESSIMISTIC, two, two, AMPLE),
                new Setting(Locking.OPTIMISTIC, one, one, AMPLE),
                new Setting(Locking.COUNTED, two, two, AMPLE),
                new Setting(Locking.COUNTED, two, undone, AMPLE));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyOrderOfStepsKeepsThePromises(Setting setting) {
        List<List<Actor>> orders = setting.orders();
        int waits = 0;
        for (List<Actor> order : orders) {
            waits += run(setting, order) ? 1 : 0;
        }

        assertThat(orders).hasSizeGreaterThan(300);
        if (setting.first.aggregate.equals(setting.second.aggregate)) {
            assertThat(waits).as("orders in which a writer had to wait").isPositive();
        } else {
            assertThat(waits).as("orders in which a writer had to wait").isZero();
        }
    }

    /** Who counts in the aggregate's own row has to change it first: what the key row does otherwise. */
    @Test
    void anAggregateThatChangesAfterItsEventsAreWrittenHasThemOutOfOrder() {
        Writes one = new Writes("a", 1, true);
        Setting setting = new Setting(Locking.COUNTED_TOO_LATE, one, one, AMPLE);

        assertThat(setting.orders())
                .anySatisfy(order -> assertThatThrownBy(() -> run(setting, order))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("events of a after"));
    }

    /** {@return whether a writer had to wait for the other} */
    private boolean run(Setting setting, List<Actor> order) {
        if (cases++ % FEW == 0) {
            for (String table : List.of("outbox_event", "outbox_key", "account")) {
                observer.sql("truncate table " + table).update();
            }
        }
        String account = "account-" + cases;
        observer.sql("insert into account values (?, 0)").param(account).update();
        List<BusinessTransaction> committed = Collections.synchronizedList(new ArrayList<>());
        first.begin(transaction(first, account, setting.first, committed).steps(setting.locking));
        second.begin(transaction(second, account, setting.second, committed).steps(setting.locking));
        List<OutboxRow> read = new ArrayList<>();

        for (Actor actor : order) {
            switch (actor) {
                case FIRST -> {
                    first.next();
                    second.goOn();
                }
                case SECOND -> {
                    second.next();
                    first.goOn();
                }
                case RELAY -> read(setting, read);
            }
        }
        // A lock that is free may be shown as waited for a moment longer.
        for (int look = 0; look < LAST_LOOKS && !(first.isDone() && second.isDone()); look++) {
            first.goOn();
            second.goOn();
        }
        assertThat(first.isDone() && second.isDone())
                .as("%s has come to its end", order)
                .isTrue();
        boolean caughtUp;
        do {
            caughtUp = read(setting, read);
        } while (!caughtUp);

        for (String aggregate : List.of(setting.first.aggregate, setting.second.aggregate)) {
            List<OutboxRow> rows =
                    read.stream().filter(row -> isOf(aggregate, row.event())).toList();
            assertThat(rows)
                    .extracting(OutboxRow::event)
                    .as("events of %s after %s, case %d of %s", aggregate, order, cases, setting)
                    .containsExactlyElementsOf(committed.stream()
                            .flatMap(transaction -> transaction.events().stream())
                            .filter(event -> isOf(aggregate, event))
                            .toList());
            assertThat(rows)
                    .extracting(OutboxRow::aggregateSeq)
                    .as("numbers of %s after %s, case %d of %s", aggregate, order, cases, setting)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, rows.size()).boxed().toList());
        }
        return first.hasWaited() || second.hasWaited();
    }

    private BusinessTransaction transaction(
            ScriptedWriter writer, String account, Writes writes, List<BusinessTransaction> committed) {
        List<EventEnvelope> events = Stream.of("1", "2")
                .limit(writes.events)
                .map(label -> Events.event(cases + writes.aggregate, label))
                .toList();
        return new BusinessTransaction(writer.session(), account, events, writes.commits, committed);
    }

    private boolean isOf(String aggregate, EventEnvelope event) {
        return event.aggregate().id().equals(cases + aggregate);
    }

    /** {@return whether everything committed has been read} */
    private boolean read(Setting setting, List<OutboxRow> read) {
        OutboxPage page = log.read(LANE, position, new ReadBudget(setting.rows, 1_000_000));
        read.addAll(page.rows());
        position = page.end();
        if (cases % 2 == 0) {
            // As if it were acknowledged and saved already.
            log.remove(position);
            log.removed(position);
        }
        return page.isCaughtUp();
    }

    enum Actor {
        FIRST,
        SECOND,
        RELAY
    }

    /** What a writer does. */
    record Writes(String aggregate, int events, boolean commits) {}

    /**
     * What the orders are tried with.
     *
     * @param rows budget of a read
     */
    record Setting(Locking locking, Writes first, Writes second, int rows) {

        List<List<Actor>> orders() {
            int steps = locking == Locking.NONE ? 3 : 4;
            int reads = locking != Locking.NONE ? 1 : second.commits ? 3 : 2;
            List<List<Actor>> all = Interleavings.of(List.of(
                    new Interleavings.Script<>(Actor.FIRST, steps),
                    new Interleavings.Script<>(Actor.SECOND, steps),
                    new Interleavings.Script<>(Actor.RELAY, reads)));
            return second.commits ? all.stream().filter(Setting::firstBegins).toList() : all;
        }

        /** Two writers that do the same need not change places. */
        private static boolean firstBegins(List<Actor> order) {
            return order.indexOf(Actor.FIRST) < order.indexOf(Actor.SECOND);
        }
    }
}
