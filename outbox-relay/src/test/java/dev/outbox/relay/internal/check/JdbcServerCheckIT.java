package dev.outbox.relay.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.relay.TestEvents;
import dev.outbox.relay.events.StoredEvents;
import dev.outbox.relay.internal.check.Finding.Severity;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcServerCheckIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @Test
    void nothingIsFatalOnAServerAsItIsSetUp() {
        assertThat(fatal()).isEmpty();
    }

    @Test
    void aSequenceWithACacheIsFound() {
        jdbc.sql("alter sequence outbox_event_seq cache 5").update();
        assertThat(fatal()).singleElement().asString().contains("cache of 5");
    }

    @Test
    void anotherIsolationIsFoundWhereverItIsSet() {
        String name = jdbc.sql("select current_database()").query(String.class).single();
        jdbc.sql("alter database " + name + " set default_transaction_isolation = 'repeatable read'")
                .update();
        assertThat(fatal()).singleElement().asString().contains("repeatable read");
    }

    @Test
    void theTopicsOfTheLatestEventsAreKnown() {
        assertThat(StoredEvents.on(DatabaseProduct.POSTGRESQL, database.dataSource(), OutboxTables.ON_SEARCH_PATH)
                        .topics())
                .isEmpty();
        OutboxWriter.postgres(database.dataSource())
                .append(List.of(
                        TestEvents.event("orders", "a"),
                        TestEvents.event("orders", "b"),
                        TestEvents.event("payments", "a")));
        assertThat(StoredEvents.on(DatabaseProduct.POSTGRESQL, database.dataSource(), OutboxTables.ON_SEARCH_PATH)
                        .topics())
                .containsExactlyInAnyOrder("orders", "payments");
    }

    @Test
    void readingTheTopicsKeepsNoConnection() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(database.dataSource());
            StoredEvents.on(DatabaseProduct.POSTGRESQL, pool, OutboxTables.ON_SEARCH_PATH)
                    .topics();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    private List<Finding> fatal() {
        return new JdbcServerCheck(database.dataSource(), OutboxTables.ON_SEARCH_PATH)
                .findings().stream()
                        .filter(finding -> finding.severity() == Severity.FATAL)
                        .toList();
    }
}
