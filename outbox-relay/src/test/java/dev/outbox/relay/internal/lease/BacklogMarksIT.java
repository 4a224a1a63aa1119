package dev.outbox.relay.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The marks by which the beginning of a backlog is found, on a real database: two writers and a relay whose pages are so
 * small that almost every read is of a backlog, in every order of their steps. From each position that the relay has had,
 * for it may have to begin again at any of them, all events are read that had not been read up to there, each once, those
 * of an aggregate in order.
 */
class BacklogMarksIT {

    private static final Duration TTL = Duration.ofHours(1);

    /** So many cases share the table before it is emptied. */
    private static final int FEW = 50;

    @RegisterExtension
    static final MigratedDatabase database =
            MigratedDatabase.by(OutboxSchema.class).emptied("outbox_event", "outbox_key");

    private static SteppedWriter first;
    private static SteppedWriter second;
    private static JdbcClient jdbc;
    private static OutboxLog log;
    private static LaneStore store;
    private static JdbcClient saving;
    private static Lease lease;

    private static Position position = Position.START;
    private static int cases;

    @BeforeAll
    static void connect() throws SQLException {
        first = new SteppedWriter(database.dataSource());
        second = new SteppedWriter(database.dataSource());
        jdbc = JdbcClient.create(connection());
        log = OutboxLog.postgres(connection());
        SingleConnectionDataSource relay = connection();
        store = LaneStore.postgres(relay);
        saving = JdbcClient.create(relay);
        lease = store.acquire(Lane.ONLY, "relay", TTL).orElseThrow();
    }

    @AfterAll
    static void disconnect() throws SQLException {
        first.close();
        second.close();
    }

    private static SingleConnectionDataSource connection() throws SQLException {
        return new SingleConnectionDataSource(database.dataSource().getConnection(), true);
    }

    static Stream<Setting> settings() {
        List<RelayStep> savesEachPage = List.of(RelayStep.PAGE, RelayStep.PAGE, RelayStep.PAGE);
        List<RelayStep> savesSlowly = List.of(RelayStep.BEGIN_SAVE, RelayStep.COMMIT_SAVE, RelayStep.PAGE);
        return Stream.of(
                new Setting("a", 1, "b", 1, 1, savesEachPage),
                new Setting("a", 2, "b", 1, 2, savesEachPage),
                new Setting("a", 2, "b", 2, 3, savesSlowly),
                new Setting("a", 1, "a", 1, 1, savesEachPage),
                new Setting("a", 2, "a", 2, 1, savesSlowly));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyOrderOfStepsIsReadOnFromEveryPosition(Setting setting) throws SQLException {
        List<List<Actor>> orders = setting.orders();
        for (List<Actor> order : orders) {
            new Case(setting, order).run();
        }
        assertThat(orders).hasSizeGreaterThan(200);
    }

    /** The statement of the relay has looked at the sequence and has its id when it finds that its row is locked. */
    @Test
    void aSaveThatHasToWaitMarksNothingThatWasDrawnMeanwhile() throws Exception {
        save();
        position = read(position, 1).end();
        Position passesTheLastMark = position;
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (SteppedWriter locker = new SteppedWriter(database.dataSource())) {
            locker.execute("update outbox_lane set owner = owner");
            CompletableFuture<Boolean> waiting =
                    CompletableFuture.supplyAsync(() -> store.renew(lease, passesTheLastMark), thread);
            Awaitility.await().atMost(Patience.LIMIT).until(BacklogMarksIT::isSomebodyWaiting);
            first.begin().append("meanwhile", 2);
            locker.commit();
            assertThat(waiting.join()).isTrue();

            save();
            first.commit();

            assertThat(read(position, 1).events()).containsExactlyElementsOf(first.appended());
        } finally {
            thread.shutdownNow();
        }
    }

    private static void save() {
        position = read(position, 1).end();
        assertThat(store.renew(lease, position)).isTrue();
    }

    private static boolean isSomebodyWaiting() {
        return jdbc.sql("""
                        select exists (
                            select 1 from pg_stat_activity
                            where datname = current_database() and wait_event_type = 'Lock')
                        """).query(Boolean.class).single();
    }

    /** Reads to the end. */
    private static Reading read(Position from, int rows) {
        List<UUID> events = new ArrayList<>();
        Position end = from;
        OutboxPage page;
        do {
            page = log.read(new LaneEpoch(BucketRange.ALL, lease.epoch()), end, new ReadBudget(rows, 1_000_000));
            page.rows().forEach(row -> events.add(row.event().id()));
            end = page.end();
        } while (!page.isCaughtUp());
        return new Reading(events, end);
    }

    private record Reading(List<UUID> events, Position end) {}

    /** A position of the relay, and how many events had been read up to there. */
    private record Reached(Position position, int events) {}

    enum Actor {
        FIRST,
        SECOND,
        RELAY
    }

    enum RelayStep {
        /** Reads a page and saves its end. */
        PAGE,
        /** Reads a page and saves its end in a transaction that stays open for more changes. */
        BEGIN_SAVE,
        COMMIT_SAVE
    }

    /** One order. */
    private static final class Case {

        private final Setting setting;
        private final List<Actor> order;
        private final List<UUID> read = new ArrayList<>();
        private final List<Reached> reached = new ArrayList<>();
        private final List<List<UUID>> committed = new ArrayList<>();
        private int step;
        private int firstSteps;
        private int secondSteps;
        private int relaySteps;

        Case(Setting setting, List<Actor> order) {
            this.setting = setting;
            this.order = order;
        }

        void run() throws SQLException {
            if (cases++ % FEW == 0) {
                jdbc.sql("truncate outbox_event, outbox_key").update();
            }
            reached.add(new Reached(position, 0));
            steps();
            for (Reached from : reached) {
                requireAllFrom(from);
            }
            position = read(position, setting.rows).end();
        }

        /** Until the end, or until the relay commits what it saves. */
        private void steps() throws SQLException {
            while (step < order.size()) {
                switch (order.get(step++)) {
                    case FIRST -> write(first, firstSteps++, setting.firstAggregate, setting.firstEvents);
                    case SECOND -> write(second, secondSteps++, setting.secondAggregate, setting.secondEvents);
                    case RELAY -> {
                        if (relay(setting.relay.get(relaySteps++))) {
                            return;
                        }
                    }
                }
            }
        }

        private void write(SteppedWriter writer, int number, String aggregate, int events) throws SQLException {
            switch (number) {
                case 0 -> writer.begin();
                case 1 -> writer.append(cases + aggregate, events);
                default -> {
                    committed.add(writer.appended());
                    writer.commit();
                }
            }
        }

        private boolean relay(RelayStep what) {
            switch (what) {
                case PAGE -> {
                    page();
                    store.renew(lease, position);
                }
                case BEGIN_SAVE -> {
                    page();
                    store.renew(lease, position, this::change);
                }
                case COMMIT_SAVE -> {}
            }
            return what == RelayStep.COMMIT_SAVE;
        }

        /** Whatever is changed, the transaction needs an id for it. */
        private void change() {
            saving.sql("select pg_current_xact_id()").query().singleRow();
            try {
                steps();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void page() {
            OutboxPage page = log.read(
                    new LaneEpoch(BucketRange.ALL, lease.epoch()), position, new ReadBudget(setting.rows, 1_000_000));
            page.rows().forEach(row -> read.add(row.event().id()));
            position = page.end();
            reached.add(new Reached(position, read.size()));
        }

        private void requireAllFrom(Reached from) {
            List<UUID> done = read.subList(0, from.events());
            List<UUID> all = new ArrayList<>(done);
            all.addAll(read(from.position(), setting.rows).events());
            String about = "after %s, case %d of %s, from %s".formatted(order, cases, setting, from);
            assertThat(all).as(about).containsExactlyInAnyOrderElementsOf(all(committed));
            for (List<UUID> ordered : setting.isOfOneAggregate() ? List.of(all(committed)) : committed) {
                assertThat(all).as(about).containsSubsequence(ordered);
            }
        }

        private static List<UUID> all(List<List<UUID>> transactions) {
            return transactions.stream().flatMap(List::stream).toList();
        }
    }

    /**
     * What the orders are tried with.
     *
     * @param rows budget of a page
     */
    record Setting(
            String firstAggregate,
            int firstEvents,
            String secondAggregate,
            int secondEvents,
            int rows,
            List<RelayStep> relay) {

        private static final int WRITER_STEPS = 3;

        List<List<Actor>> orders() {
            List<List<Actor>> all = new ArrayList<>();
            extend(new ArrayList<>(), WRITER_STEPS, WRITER_STEPS, relay.size(), all);
            return all.stream().filter(this::isPossible).toList();
        }

        private static void extend(List<Actor> begun, int firsts, int seconds, int relays, List<List<Actor>> all) {
            if (firsts + seconds + relays == 0) {
                all.add(List.copyOf(begun));
            }
            for (Actor actor : Actor.values()) {
                int left = switch (actor) {
                    case FIRST -> firsts;
                    case SECOND -> seconds;
                    case RELAY -> relays;
                };
                if (left > 0) {
                    begun.add(actor);
                    extend(
                            begun,
                            actor == Actor.FIRST ? firsts - 1 : firsts,
                            actor == Actor.SECOND ? seconds - 1 : seconds,
                            actor == Actor.RELAY ? relays - 1 : relays,
                            all);
                    begun.remove(begun.size() - 1);
                }
            }
        }

        boolean isOfOneAggregate() {
            return firstAggregate.equals(secondAggregate);
        }

        /** Writers of one aggregate wait for each other; writers that do the same need not change places. */
        private boolean isPossible(List<Actor> order) {
            if (!isOfOneAggregate()) {
                return firstEvents != secondEvents || order.indexOf(Actor.FIRST) < order.indexOf(Actor.SECOND);
            }
            int firstEnds = order.lastIndexOf(Actor.FIRST);
            int secondAppends = secondOf(order, Actor.SECOND);
            return firstEnds < secondAppends;
        }

        private static int secondOf(List<Actor> order, Actor actor) {
            int begins = order.indexOf(actor);
            return begins + 1 + order.subList(begins + 1, order.size()).indexOf(actor);
        }
    }
}
