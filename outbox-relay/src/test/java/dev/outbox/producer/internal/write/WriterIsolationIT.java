package dev.outbox.producer.internal.write;

import static dev.outbox.producer.internal.write.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Business transactions above READ COMMITTED: the key row that they count into has changed since their snapshot, or has
 * not. If it has, they fail, and try again as such transactions must; so whoever writes knows the last commit of its
 * aggregate, and the order holds.
 */
class WriterIsolationIT {

    private static final String LEVELS_AND_WHETHER_THE_AGGREGATE_IS_KNOWN = """
            repeatable read, true
            repeatable read, false
            serializable, true
            serializable, false
            """;

    @RegisterExtension
    static final MigratedDatabase database =
            MigratedDatabase.by(OutboxSchema.class).emptied("outbox_event", "outbox_key");

    private static final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @ParameterizedTest
    @CsvSource(textBlock = LEVELS_AND_WHETHER_THE_AGGREGATE_IS_KNOWN)
    void aWriterWhoseSnapshotIsOlderThanTheLastCommitFails(String level, boolean known) throws SQLException {
        try (OutboxSession first = new OutboxSession(database.dataSource());
                OutboxSession second = new OutboxSession(database.dataSource())) {
            know(first, known);
            snapshot(second, level);
            first.append(event("a", "a1")).commit();

            assertThatExceptionOfType(ConcurrencyFailureException.class)
                    .isThrownBy(() -> second.append(event("a", "a2")));
            second.rollback();
            snapshot(second, level);
            second.append(event("a", "a2")).commit();
        }
        assertInOrder("a1", "a2");
    }

    @ParameterizedTest
    @CsvSource(textBlock = LEVELS_AND_WHETHER_THE_AGGREGATE_IS_KNOWN)
    void aWriterThatHasWaitedForACommitFails(String level, boolean known) throws SQLException {
        try (OutboxSession first = new OutboxSession(database.dataSource());
                OutboxSession second = new OutboxSession(database.dataSource())) {
            know(first, known);
            first.append(event("a", "a1"));
            CompletableFuture<OutboxSession> waiting = appendAndWait(second, level);
            first.commit();

            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(waiting::join)
                    .withCauseInstanceOf(ConcurrencyFailureException.class);
        }
        assertInOrder("a1");
    }

    @ParameterizedTest
    @CsvSource(textBlock = LEVELS_AND_WHETHER_THE_AGGREGATE_IS_KNOWN)
    void aWriterThatHasWaitedForARollbackGoesOn(String level, boolean known) throws SQLException {
        try (OutboxSession first = new OutboxSession(database.dataSource());
                OutboxSession second = new OutboxSession(database.dataSource())) {
            know(first, known);
            first.append(event("a", "a1"));
            CompletableFuture<OutboxSession> waiting = appendAndWait(second, level);
            first.rollback();

            waiting.join().commit();
        }
        assertInOrder("a2");
    }

    private static CompletableFuture<OutboxSession> appendAndWait(OutboxSession session, String level)
            throws SQLException {
        int backend = snapshot(session, level);
        CompletableFuture<OutboxSession> waiting =
                CompletableFuture.supplyAsync(() -> session.append(event("a", "a2")));
        await().atMost(Patience.LIMIT)
                .until(() -> jdbc.sql(
                                "select wait_event_type is not distinct from 'Lock' from pg_stat_activity where pid = ?")
                        .param(backend)
                        .query(Boolean.class)
                        .single());
        return waiting;
    }

    private static void know(OutboxSession session, boolean known) throws SQLException {
        if (known) {
            session.append(event("a", "known")).commit();
        }
    }

    /** {@return the backend of the session, whose transaction has its snapshot now} */
    private static int snapshot(OutboxSession session, String level) throws SQLException {
        session.execute("set transaction isolation level " + level);
        return session.backendPid();
    }

    private static void assertInOrder(String... labels) {
        List<@Nullable String> written = jdbc.sql("select convert_from(payload, 'UTF8') from outbox_event order by seq")
                .query(String.class)
                .list();
        written.remove("known");
        assertThat(written).containsExactly(labels);
        List<@Nullable Long> counts = jdbc.sql("select aggregate_seq from outbox_event order by seq")
                .query(Long.class)
                .list();
        assertThat(counts)
                .isEqualTo(LongStream.rangeClosed(1, counts.size()).boxed().toList());
    }
}
