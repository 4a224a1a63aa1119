package dev.outbox.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.embedded.WaitingSessions;
import dev.outbox.shop.OrderPlaced;
import java.io.BufferedReader;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows that the libraries of other outboxes have written are imported once and in order, whatever happens meanwhile. */
class PeerImportIT {

    private static final int ROWS = Integer.getInteger("outbox.test.import.rows", 300);

    private static final int KEYS = 7;

    @ParameterizedTest
    @EnumSource
    void anImportThatIsKilledInTheMiddleGoesOnWithoutLossOrRepetition(Kind kind) throws Exception {
        try (TestDatabase database = TestDatabase.create();
                Peer peer = kind.peer(database)) {
            peer.write(orders(0, ROWS));
            List<String> arguments = ShopApplication.arguments(database, peer.settings());
            arguments.add("--outbox.import.batch-size=" + Math.max(1, ROWS / 30));
            killInTheMiddle(ImportingProcess.start(arguments));
            long before = events(database);
            assertThat(before).isPositive().isLessThan(ROWS);
            peer.write(orders(ROWS, ROWS + KEYS));
            assertThat(ImportingProcess.start(arguments).waitFor(10, TimeUnit.MINUTES))
                    .isTrue();
            assertEachOnceAndInOrder(database, ROWS + KEYS);
            assertThat(count(database, peer.pending())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheOtherOutboxIsPublishingAtTheMomentIsWaitedForAndNotPublishedTwice(Kind kind) throws Exception {
        try (TestDatabase database = TestDatabase.create();
                Peer peer = kind.peer(database)) {
            peer.write(orders(0, 10));
            try (ConfigurableApplicationContext shop = ShopApplication.start(database, peer.settings())) {
                CompletableFuture<ImportBatch> batch = importDuring(database, shop, peer.completeTheOldest(), "commit");
                assertThat(batch.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)
                                .imported())
                        .isEqualTo(9);
                assertThat(numbers(database)).doesNotContain(0L);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheOtherOutboxFailsToPublishIsImportedBeforeWhatIsBehindIt(Kind kind) throws Exception {
        try (TestDatabase database = TestDatabase.create();
                Peer peer = kind.peer(database)) {
            peer.write(orders(0, 10));
            try (ConfigurableApplicationContext shop = ShopApplication.start(database, peer.settings())) {
                importDuring(database, shop, peer.completeTheOldest(), "rollback")
                        .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            assertEachOnceAndInOrder(database, 10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatBecomesPendingAgainIsNotImportedAgain(Kind kind) throws Exception {
        try (TestDatabase database = TestDatabase.create();
                Peer peer = kind.peer(database)) {
            peer.write(orders(0, 3));
            try (ConfigurableApplicationContext shop = ShopApplication.start(database, peer.settings())) {
                OutboxImport running = shop.getBean(OutboxImport.class);
                assertThat(running.runOnce()).isEqualTo(new ImportBatch(3, 0, 0, false));
                assertThat(running.runOnce().isEmpty()).isTrue();
                execute(database, kind.pendingAgain);
                assertThat(running.runOnce()).isEqualTo(new ImportBatch(0, 3, 0, false));
            }
            assertEachOnceAndInOrder(database, 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDryRunCountsAndChangesNothing(Kind kind) throws Exception {
        try (TestDatabase database = TestDatabase.create();
                Peer peer = kind.peer(database)) {
            peer.write(orders(0, 10));
            try (ConfigurableApplicationContext shop = ShopApplication.start(database, peer.settings())) {
                ImportPlan plan = shop.getBean(OutboxImport.class).plan();
                assertThat(plan.events()).singleElement().satisfies(orders -> {
                    assertThat(orders.type()).isEqualTo("OrderPlaced v1");
                    assertThat(orders.topic()).isEqualTo("outbox.event.Order");
                    assertThat(orders.count()).isEqualTo(10);
                    assertThat(orders.keys()).isEqualTo(KEYS);
                });
                assertThat(plan.left()).isEmpty();
                assertThat(plan.obstacles()).isEmpty();
                assertThat(plan).asString().contains("10 events would be imported");
            }
            assertThat(count(database, peer.pending())).isEqualTo(10);
            assertThat(events(database)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void youngRowsAreLeftToTheOtherOutbox(Kind kind) throws Exception {
        try (TestDatabase database = TestDatabase.create();
                Peer peer = kind.peer(database)) {
            peer.write(orders(0, 2));
            List<String> settings = new ArrayList<>(peer.settings());
            settings.add("--outbox.import.min-age=1h");
            try (ConfigurableApplicationContext shop = ShopApplication.start(database, settings)) {
                assertThat(shop.getBean(OutboxImport.class).runOnce().isEmpty()).isTrue();
                assertThat(shop.getBean(OutboxImport.class).plan().left())
                        .containsExactly(new ImportPlan.Left("they are younger than outbox.import.min-age", 2));
            }
        }
    }

    static List<OrderPlaced> orders(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> new OrderPlaced("o-" + number % KEYS, number))
                .toList();
    }

    /** Runs a batch while a transaction of the other outbox has completed a row and has not ended. */
    private static CompletableFuture<ImportBatch> importDuring(
            TestDatabase database, ConfigurableApplicationContext shop, String completion, String end)
            throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(statement.executeUpdate(completion)).isOne();
            CompletableFuture<ImportBatch> batch =
                    CompletableFuture.supplyAsync(shop.getBean(OutboxImport.class)::runOnce);
            await().atMost(Patience.LIMIT)
                    .until(() ->
                            batch.isDone() || WaitingSessions.of(DatabaseKind.POSTGRESQL, database.dataSource()) > 0);
            statement.execute(end);
            return batch;
        }
    }

    private static void killInTheMiddle(Process process) throws Exception {
        StringBuilder output = new StringBuilder();
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith(ImportingProcess.IMPORTED)
                        && Long.parseLong(line.substring(ImportingProcess.IMPORTED.length())) >= ROWS / 4) {
                    process.destroyForcibly();
                    assertThat(process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                            .isTrue();
                    return;
                }
            }
        } finally {
            process.destroyForcibly();
        }
        throw new AssertionError("Ended before it was killed:\n" + output);
    }

    private static void assertEachOnceAndInOrder(TestDatabase database, int count) {
        assertThat(events(database)).isEqualTo(count);
        assertThat(numbers(database)).doesNotHaveDuplicates().hasSize(count);
        assertThat(count(database, """
                        select count(*)
                        from (
                            select
                                cast(convert_from(payload, 'UTF8') as jsonb) ->> 'number' as number,
                                lag(cast(convert_from(payload, 'UTF8') as jsonb) ->> 'number')
                                    over (partition by aggregateid order by seq) as earlier
                            from outbox_event) as pair
                        where cast(number as bigint) <= cast(earlier as bigint)""")).isZero();
        assertThat(count(database, "select count(distinct id) from outbox_event"))
                .isEqualTo(count);
    }

    private static List<Long> numbers(TestDatabase database) {
        return JdbcClient.create(database.dataSource())
                .sql(
                        "select cast(cast(convert_from(payload, 'UTF8') as jsonb) ->> 'number' as bigint) from outbox_event order by seq")
                .query(Long.class)
                .list();
    }

    private static long events(TestDatabase database) {
        return count(database, "select count(*) from outbox_event");
    }

    static long count(TestDatabase database, String sql) {
        return JdbcClient.create(database.dataSource())
                .sql(sql)
                .query(Long.class)
                .single();
    }

    static void execute(TestDatabase database, String sql) {
        JdbcClient.create(database.dataSource()).sql(sql).update();
    }

    enum Kind {
        MODULITH("update event_publication set completion_date = null, status = 'RESUBMITTED'"),
        NAMASTACK("update outbox_record set completed_at = null, status = 'NEW'"),
        EVENTUATE("update eventuate.message set published = 0"),
        TABLE("update my_outbox set sent = false");

        private final String pendingAgain;

        Kind(String pendingAgain) {
            this.pendingAgain = pendingAgain;
        }

        Peer peer(TestDatabase database) {
            return switch (this) {
                case MODULITH -> new ModulithPeer(database);
                case NAMASTACK -> new NamastackPeer(database);
                case EVENTUATE -> new EventuatePeer(database);
                case TABLE -> new TablePeer(database);
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
