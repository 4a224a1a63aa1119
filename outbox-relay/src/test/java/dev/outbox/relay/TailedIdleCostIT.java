package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.devservices.internal.PostgresServer;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.schema.OutboxSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What a tailing relay at rest asks of its database, by the books of the server. */
class TailedIdleCostIT {

    private static final String DATABASE = "outbox";
    private static final int PASSES = 5;

    /** The table as a whole: the retention looks at single partitions once a minute. */
    private static final Pattern TABLE = Pattern.compile("\\boutbox_event\\b");

    @TempDir
    private Path directory;

    private final String topic = "idle-" + UUID.randomUUID();

    @Test
    void theTableIsNotReadWhileNothingIsCommitted() throws Exception {
        try (PostgresServer server =
                        PostgresServer.start(directory, 0, Map.of("shared_preload_libraries", "pg_stat_statements"));
                TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic)) {
            server.createDatabase(DATABASE);
            DataSource dataSource =
                    new DriverManagerDataSource(server.jdbcUrl(DATABASE), server.user(), server.password());
            new OutboxSchema(dataSource).afterPropertiesSet();
            JdbcClient books = JdbcClient.create(dataSource);
            books.sql("create extension pg_stat_statements").update();
            try (TestRelay relay = TestRelay.startAt(
                    server.jdbcUrl(DATABASE),
                    server.user(),
                    server.password(),
                    TestBroker.bootstrapServers(),
                    "engine=tail")) {
                relay.awaitTail();
                OutboxTransaction.commit(dataSource, List.of(event(topic, "a")));
                reader.untilEvents(1);
                awaitPasses(books);

                books.sql("select pg_stat_statements_reset()").query().listOfRows();
                awaitPasses(books);

                assertThat(statements(books))
                        .isNotEmpty()
                        .noneMatch(statement -> TABLE.matcher(statement).find());
            }
        }
    }

    /** The thread that shares the lanes waits as long between two passes as a lane waits between two polls. */
    private static void awaitPasses(JdbcClient books) {
        long before = passes(books);
        Awaitility.await().atMost(Patience.LIMIT).until(() -> passes(books) >= before + PASSES);
    }

    private static long passes(JdbcClient books) {
        return books.sql("""
                        select coalesce(sum(calls), 0) from pg_stat_statements where query like '%insert into outbox_relay as%'
                        """).query(Long.class).single();
    }

    private static List<String> statements(JdbcClient books) {
        return books.sql("select query from pg_stat_statements where query not like '%pg_stat_statements%'")
                .query(String.class)
                .list();
    }
}
