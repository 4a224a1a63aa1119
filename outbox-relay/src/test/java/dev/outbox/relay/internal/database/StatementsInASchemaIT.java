package dev.outbox.relay.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.StatementConstants;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tables are in a schema that no search_path leads to. */
class StatementsInASchemaIT {

    private static final OutboxTables TABLES = OutboxTables.in("Events-of-us");

    private static TestDatabase database;

    @BeforeAll
    static void createDatabase() {
        database = TestDatabase.create();
        new OutboxSchema(database.dataSource(), TABLES).afterPropertiesSet();
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @Test
    void eachStatementFindsThemThere() {
        StatementConstants statements = StatementConstants.besides(RelayDatabase.class);
        assertThat(statements.refusedBy(database.dataSource(), sql -> sql))
                .as("the check sees what is not qualified")
                .containsKeys("JdbcLanes.ACQUIRE", "JdbcOutboxLog.READ_NEW", "JdbcParkedRows.PARK");
        assertThat(statements.refusedBy(database.dataSource(), TABLES::qualify)).isEmpty();
    }
}
