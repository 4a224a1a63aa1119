package dev.outbox.relay.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.devservices.internal.PostgresServer;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.schema.OutboxSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * How many blocks a read touches, by the books of the server, behind much that is published.
 *
 * <p>The log reads as a role of its own, so that nothing else is counted with it; and no autovacuum changes the tables, or
 * the plans, between the reads that are compared.
 */
class BacklogCostIT {

    private static final Duration TTL = Duration.ofHours(1);
    private static final ReadBudget PAGE = new ReadBudget(500, 10_000_000);
    private static final int PUBLISHED = 20_000;
    private static final int SMALL = 10_000;
    private static final int LARGE = 50_000;

    @TempDir
    private Path directory;

    private PostgresServer server;
    private DataSource database;
    private LaneStore store;
    private JdbcClient books;
    private SingleConnectionDataSource session;
    private OutboxLog log;

    @BeforeEach
    void publishSome() {
        server = PostgresServer.start(
                directory, 0, Map.of("shared_preload_libraries", "pg_stat_statements", "autovacuum", "off"));
        database = new DriverManagerDataSource(server.jdbcUrl("postgres"), server.user(), server.password());
        new OutboxSchema(database).afterPropertiesSet();
        store = LaneStore.postgres(database);
        books = JdbcClient.create(database);
        books.sql("create extension pg_stat_statements").update();
        books.sql("create role reader superuser login password 'reader'").update();
        session = new SingleConnectionDataSource(server.jdbcUrl("postgres"), "reader", "reader", true);
        log = OutboxLog.postgres(session);
        append(PUBLISHED);
    }

    @AfterEach
    void stopServer() {
        session.destroy();
        server.close();
    }

    @Test
    void aReadCostsTheSameHoweverLongTheBacklogIs() {
        Lease lease = store.acquire(Lane.ONLY, "relay", TTL).orElseThrow();
        Position published = saveAll(lease, Position.START);
        append(SMALL);
        Costs small = drain(lease, published);
        published = saveAll(lease, small.end());
        append(LARGE);
        Costs large = drain(lease, published);

        assertThat(small.events()).isEqualTo(SMALL);
        assertThat(large.events()).isEqualTo(LARGE);
        assertThat(large.notices()).as("blocks of the read that notices it").isLessThan(2 * small.notices());
        assertThat(large.longest()).as("blocks of a page").isLessThan(2 * small.longest());
    }

    @Test
    void aBacklogIsFoundBehindWhatIsPublishedAfterTheLanesWereDividedAnew() {
        Lease only = store.acquire(Lane.ONLY, "relay", TTL).orElseThrow();
        Position published = saveAll(only, Position.START);
        append(SMALL);
        Costs before = drain(only, published);
        store.release(only, saveAll(only, before.end()));

        LaneLayout layout = LaneLayout.postgres(database);
        assertThat(layout.change(1, 2) && layout.change(2, 1)).isTrue();
        Lease again = store.acquire(Lane.ONLY, "relay", TTL).orElseThrow();
        assertThat(store.renew(again, again.position())).isTrue();
        append(SMALL);

        assertThat(drain(again, again.position()).all()).isLessThan(2 * before.all());
    }

    private void append(int events) {
        books.sql("""
                insert into outbox_event (aggregate_seq, created_at, id, version, bucket,
                    aggregatetype, aggregateid, type, topic, source, contenttype, payload)
                select n, now(), gen_random_uuid(), 1, n % 64,
                    'Order', 'order-' || n % 64, 'OrderPlaced', 'orders', '/orders', 'application/json', '{}'
                from generate_series(1, :events) as n
                """).param("events", events).update();
        books.sql("analyze outbox_event").update();
    }

    /** Reads to the end, and saves that often enough to move both marks. */
    private Position saveAll(Lease lease, Position from) {
        Position position = from;
        for (int i = 0; i < 3; i++) {
            position = drain(lease, position).end;
            assertThat(store.renew(lease, position)).isTrue();
        }
        return position;
    }

    private Costs drain(Lease lease, Position from) {
        List<Long> blocks = new ArrayList<>();
        Position position = from;
        int events = 0;
        OutboxPage page;
        do {
            long before = blocks();
            page = log.read(new LaneEpoch(BucketRange.ALL, lease.epoch()), position, PAGE);
            blocks.add(blocks() - before);
            events += page.rows().size();
            position = page.end();
        } while (!page.isCaughtUp());
        return new Costs(events, blocks, position);
    }

    private long blocks() {
        return books.sql("""
                        select coalesce(sum(shared_blks_hit + shared_blks_read), 0)::bigint
                        from pg_stat_statements
                        where userid = 'reader'::regrole
                        """).query(Long.class).single();
    }

    /**
     * What it takes to read a backlog.
     *
     * @param blocks of each read
     */
    private record Costs(int events, List<Long> blocks, Position end) {

        long notices() {
            return blocks.get(0);
        }

        long longest() {
            return blocks.stream().skip(1).mapToLong(Long::longValue).max().orElseThrow();
        }

        long all() {
            return blocks.stream().mapToLong(Long::longValue).sum();
        }
    }
}
