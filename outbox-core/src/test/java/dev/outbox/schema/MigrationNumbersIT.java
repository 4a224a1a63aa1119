package dev.outbox.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.TestDatabase;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A database that has a migration refuses one with a lower number that comes later, and its service does not start. So the
 * numbers only grow. They are not applied out of order either: a later one may rest on an earlier one.
 */
class MigrationNumbersIT {

    /** What databases may have. A new migration has a higher number than all of these, and is added at the end. */
    private static final List<String> APPLIED =
            List.of("1", "2", "3", "4", "5", "10", "20", "21", "22", "25", "28", "32", "33", "34", "35", "36");

    @Test
    void aNewMigrationComesBehindThoseThatDatabasesHave() {
        try (TestDatabase database = TestDatabase.create()) {
            List<String> all = Arrays.stream(flyway(database).load().info().all())
                    .map(MigrationInfo::getVersion)
                    .map(String::valueOf)
                    .toList();
            assertThat(all)
                    .as("a new one has the highest number and is added at the end of this list")
                    .isEqualTo(APPLIED);
        }
    }

    @ParameterizedTest
    @FieldSource("APPLIED")
    void aDatabaseThatEndsWithOneOfThemTakesTheOthers(String last) {
        try (TestDatabase database = TestDatabase.create()) {
            flyway(database).target(last).load().migrate();

            new OutboxSchema(database.dataSource()).afterPropertiesSet();

            assertThat(flyway(database).load().info().pending()).isEmpty();
        }
    }

    private static FluentConfiguration flyway(TestDatabase database) {
        return Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:dev/outbox/db/postgresql")
                .table("outbox_schema_history");
    }
}
