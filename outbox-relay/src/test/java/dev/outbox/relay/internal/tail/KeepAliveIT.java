package dev.outbox.relay.internal.tail;

import static dev.outbox.producer.internal.write.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.event.EventEnvelope;
import dev.outbox.producer.internal.write.OutboxSession;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.schema.OutboxSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.replication.LogSequenceNumber;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A transaction is long and commits late. What is before its commit has been confirmed, and so have been, by their place in
 * the WAL, its first events. They come, and a keep-alive comes in the middle of them, which says that the server has sent
 * everything. The driver would answer that everything is done.
 */
class KeepAliveIT {

    private static final ReadBudget BUDGET = new ReadBudget(500, 10_000_000);
    private static final int EVENTS = 200;

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @Test
    void amidATransactionNothingIsConfirmedAndItComesWholeAfterTheRelayWasKilled() throws Exception {
        ReplicationLine line = opened(ReplicationLine.to(database.jdbcUrl()));
        TailUnderTest killed = opened(new TailUnderTest(database, line.jdbcUrl(), BUDGET));
        Position[] position = {killed.awaitFollowed(Position.START)};
        try (OutboxSession late = new OutboxSession(database.dataSource()).begin()) {
            late.append(IntStream.range(0, EVENTS)
                    .mapToObj(i -> event("late-" + i % 7, label(i)))
                    .toArray(EventEnvelope[]::new));
            try (OutboxSession other = new OutboxSession(database.dataSource())) {
                other.append(event("a", "early")).commit();
            }
            LogSequenceNumber before = wal();
            TailUnderTest.await(() -> {
                position[0] = killed.read(position[0]).end();
                killed.save(position[0]);
                return killed.stream.isFollowed() && killed.isConfirmed(before.asString());
            });
            line.stopAmid(EVENTS / 2, this::wal);
            late.commit();
        }
        LogSequenceNumber committed = wal();
        TailUnderTest.await(() -> line.confirmed() != null);

        assertThat(line.confirmed()).isLessThan(committed);
        line.close();
        killed.stream.stop();
        assertThat(killed.isConfirmed(committed.asString())).isFalse();

        List<String> labels = new ArrayList<>();
        TailUnderTest next = opened(new TailUnderTest(database, database.jdbcUrl(), BUDGET));
        TailUnderTest.await(() -> {
            OutboxPage page = next.read(position[0]);
            position[0] = page.end();
            page.rows().forEach(row -> labels.add(TailUnderTest.label(row)));
            return labels.size() >= EVENTS;
        });
        assertThat(labels)
                .isEqualTo(
                        IntStream.range(0, EVENTS).mapToObj(KeepAliveIT::label).toList());
    }

    private LogSequenceNumber wal() {
        return LogSequenceNumber.valueOf(jdbc.sql("select pg_current_wal_insert_lsn()::text")
                .query(String.class)
                .single());
    }

    private <T extends AutoCloseable> T opened(T one) {
        opened.add(one);
        return one;
    }

    private static String label(int event) {
        return "event-" + event;
    }
}
