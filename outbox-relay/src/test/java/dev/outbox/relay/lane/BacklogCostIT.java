package dev.outbox.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.TestDatabase;
import dev.outbox.store.BucketRange;
import dev.outbox.store.LaneEpoch;
import dev.outbox.store.OutboxLog;
import dev.outbox.store.OutboxPage;
import dev.outbox.store.OutboxSchema;
import dev.outbox.store.Position;
import dev.outbox.store.ReadBudget;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** How many blocks of the outbox a read touches, by the books of the server, behind much that is published. */
class BacklogCostIT {

    private static final Duration TTL = Duration.ofHours(1);
    private static final ReadBudget PAGE = new ReadBudget(500, 10_000_000);
    private static final int PUBLISHED = 20_000;
    private static final int SMALL = 10_000;
    private static final int LARGE = 50_000;

    private final TestDatabase database = TestDatabase.create();
    private final LaneStore store = LaneStore.postgres(database.dataSource());
    private final JdbcClient books = JdbcClient.create(database.dataSource());

    private SingleConnectionDataSource session;
    private OutboxLog log;

    @BeforeEach
    void publishSome() throws SQLException {
        new OutboxSchema(database.dataSource()).afterPropertiesSet();
        session = new SingleConnectionDataSource(database.dataSource().getConnection(), true);
        log = OutboxLog.postgres(session);
        append(PUBLISHED);
    }

    @AfterEach
    void dropDatabase() {
        session.destroy();
        database.close();
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

        LaneLayout layout = LaneLayout.postgres(database.dataSource());
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

    /** The session of the log enters its figures when it is asked to; from there on others see them. */
    private long blocks() {
        JdbcClient.create(session)
                .sql("select pg_stat_force_next_flush()")
                .query()
                .listOfRows();
        return books.sql("""
                        select sum(coalesce(heap_blks_read, 0) + coalesce(heap_blks_hit, 0)
                            + coalesce(idx_blks_read, 0) + coalesce(idx_blks_hit, 0))::bigint
                        from pg_statio_user_tables
                        where relname like 'outbox_event%'
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
