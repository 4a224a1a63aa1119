package dev.outbox.relay.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.StatementConstants;
import dev.outbox.eventstore.internal.stream.StreamSchema;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tables are in a schema that no search_path leads to. */
class RelayStatementsInASchemaIT {

    private static final OutboxTables TABLES = OutboxTables.in("Events-of-us");

    @RegisterExtension
    static final MigratedDatabase database = MigratedDatabase.by(
            dataSource -> new OutboxSchema(dataSource, List.of(TABLES), List.of(StreamSchema.PART)));

    @Test
    void eachStatementFindsThemThere() {
        StatementConstants statements = StatementConstants.besides(RelayDatabase.class);
        assertThat(statements.refusedBy(database.dataSource(), sql -> sql))
                .as("the check sees what is not qualified")
                .containsKeys("JdbcLanes.ACQUIRE", "JdbcOutboxLog.READ_NEW", "JdbcParkedRows.PARK");
        assertThat(statements.refusedBy(database.dataSource(), TABLES::qualify)).isEmpty();
    }
}
