package dev.outbox.eventstore.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.TestDatabase;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** The numbers only grow, as those of the outbox itself do. */
class EventStoreMigrationsIT {

    /** What databases may have. A new migration has a higher number than all of these, and is added at the end. */
    private static final List<String> APPLIED = List.of("1", "2", "10", "20");

    @Test
    void aNewMigrationComesBehindThoseThatDatabasesHave() {
        try (TestDatabase database = TestDatabase.create()) {
            assertThat(Arrays.stream(flyway(database).load().info().all())
                            .map(MigrationInfo::getVersion)
                            .map(String::valueOf))
                    .containsExactlyElementsOf(APPLIED);
        }
    }

    @Test
    void aDatabaseThatEndsWithOneOfThemTakesTheOthers() {
        for (String last : APPLIED) {
            try (TestDatabase database = TestDatabase.create()) {
                new OutboxSchema(database.dataSource()).afterPropertiesSet();
                flyway(database).target(last).load().migrate();

                new OutboxSchema(
                                database.dataSource(), List.of(OutboxTables.ON_SEARCH_PATH), List.of(StreamSchema.PART))
                        .afterPropertiesSet();

                assertThat(flyway(database).load().info().pending()).as(last).isEmpty();
            }
        }
    }

    private static FluentConfiguration flyway(TestDatabase database) {
        return Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:dev/outbox/eventstore/db/postgresql")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .table(StreamSchema.PART.historyTable());
    }
}
