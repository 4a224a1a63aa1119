package dev.outbox.eventstore.internal.projection.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.WaitingSessions;
import dev.outbox.eventstore.EventStoreTables;
import dev.outbox.eventstore.internal.projection.Accounts;
import dev.outbox.eventstore.internal.projection.Session;
import dev.outbox.eventstore.internal.projection.log.Buckets;
import dev.outbox.eventstore.internal.projection.store.GenerationRef;
import dev.outbox.eventstore.internal.projection.store.ProjectionLease;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Two writers and a projection, in every order that their steps can take: what the projection has is the fold of what was committed,
 * event by event in the order of each stream.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterleavingsIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(EventStoreTables.class);

    private final List<Writer> writers = new ArrayList<>();
    private SingleConnectionDataSource own;
    private LaneFixture fixture;
    private int cases;

    @BeforeAll
    void connect() throws SQLException {
        own = new SingleConnectionDataSource(database.dataSource().getConnection(), true);
        JdbcClient.create(own).sql(Accounts.TABLES).update();
        fixture = new LaneFixture(own);
        writers.add(new Writer());
        writers.add(new Writer());
    }

    @AfterAll
    void disconnect() throws Exception {
        for (Writer writer : writers) {
            writer.thread.shutdownNow();
            writer.session.close();
        }
        own.destroy();
    }

    @ParameterizedTest
    @CsvSource({"a, a, true, 200", "a, b, true, 200", "a, a, true, 1", "a, b, true, 1", "a, a, false, 200"})
    void everyOrderOfStepsKeepsTheOrderOfEachStream(String first, String second, boolean isCommitted, int rows)
            throws Exception {
        List<List<Integer>> orders = new ArrayList<>();
        // The steps of a writer are: take an id, append twice, end. The projection makes three passes.
        extend(List.of(), new int[] {4, 4, 3}, orders);

        assertThat(orders).hasSizeGreaterThan(5_000);
        // A prime, so that the sample is not in step with the enumeration.
        for (int i = 0; i < orders.size(); i += 151) {
            run(orders.get(i), first, second, isCommitted, rows);
        }
    }

    private void run(List<Integer> order, String first, String second, boolean isCommitted, int rows) throws Exception {
        String suffix = "-" + cases++;
        writers.get(0).begin(first + suffix, true);
        writers.get(1).begin(second + suffix, isCommitted);
        GenerationRef generation =
                fixture.serving("case" + cases, 1, null, fixture.log().now());
        ProjectionLease lease = fixture.acquire(generation, 0, "test");
        for (int actor : order) {
            if (actor == 2) {
                pass(lease, rows);
            } else {
                writers.get(actor).next();
            }
            writers.forEach(Writer::goOn);
        }
        while (!writers.stream().allMatch(Writer::isDone)) {
            writers.forEach(Writer::goOn);
        }
        PassOutcome last;
        do {
            last = pass(lease, rows);
        } while (!last.isLast());

        assertThat(Accounts.differences(own, "balance")).as("order %s", order).isEmpty();
        JdbcClient.create(own).sql("truncate balance, ledger").update();
    }

    private PassOutcome pass(ProjectionLease lease, int rows) {
        return fixture.pass().run(lease, Buckets.of(0, 1), Accounts.projection(own), rows);
    }

    private static void extend(List<Integer> begun, int[] left, List<List<Integer>> all) {
        boolean isComplete = true;
        for (int actor = 0; actor < left.length; actor++) {
            if (left[actor] > 0) {
                isComplete = false;
                int[] rest = left.clone();
                rest[actor]--;
                List<Integer> longer = new ArrayList<>(begun);
                longer.add(actor);
                extend(longer, rest, all);
            }
        }
        if (isComplete) {
            all.add(begun);
        }
    }

    /** Does its steps on a thread of its own; one that waits for a lock is left waiting, and those after it wait as well. */
    private final class Writer {

        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Session session;
        private List<Runnable> script = List.of();
        private int begun;
        private int due;
        private @Nullable Future<?> underWay;

        Writer() throws SQLException {
            this.session = new Session(database.dataSource());
        }

        void begin(String stream, boolean isCommitted) {
            script = List.of(
                    session::takeId,
                    () -> Accounts.append(session.jdbc(), stream, 1, Instant.EPOCH),
                    () -> Accounts.append(session.jdbc(), stream, 2, Instant.EPOCH),
                    isCommitted ? session::commit : session::rollback);
            begun = 0;
            due = 0;
        }

        void next() {
            due++;
        }

        boolean isDone() {
            return begun == script.size() && underWay == null;
        }

        void goOn() {
            while (!isWaiting() && begun < due) {
                underWay = thread.submit(script.get(begun++));
            }
        }

        private boolean isWaiting() {
            Future<?> step = underWay;
            while (step != null) {
                try {
                    step.get(1, TimeUnit.MILLISECONDS);
                    underWay = null;
                    return false;
                } catch (TimeoutException late) {
                    if (WaitingSessions.of(DatabaseKind.POSTGRESQL, own) > 0) {
                        return true;
                    }
                } catch (InterruptedException | ExecutionException failed) {
                    throw new IllegalStateException(failed);
                }
            }
            return false;
        }
    }
}
