package dev.outbox.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables are in a schema that no search_path leads to. */
class NamesInASchemaIT {

    private static final OutboxTables TABLES = OutboxTables.in("Events-of-us");

    private static final String OURS = """
            select relname from pg_class where relnamespace = :schema::regnamespace and relkind in ('r', 'p', 'S', 'v')
            union all
            select proname from pg_proc where pronamespace = :schema::regnamespace and prorettype <> 'trigger'::regtype
            """;

    @RegisterExtension
    static final MigratedDatabase database = MigratedDatabase.by(dataSource -> new OutboxSchema(dataSource, TABLES));

    @Test
    void eachNameOfTheDdlIsQualified() {
        String schema = TABLES.schema().orElseThrow();
        assertThat(JdbcClient.create(database.dataSource())
                        .sql(OURS)
                        .param("schema", '"' + schema + '"')
                        .query(String.class)
                        .list())
                .filteredOn(name -> !name.equals(OutboxSchema.HISTORY_TABLE))
                .filteredOn(name -> !name.endsWith("_id_seq"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(TABLES.qualify("select from " + name))
                        .isEqualTo("select from \"%s\".%s", schema, name));
    }

    @Test
    void nothingIsMadeAnywhereElse() {
        assertThat(JdbcClient.create(database.dataSource())
                        .sql("select relname from pg_class where relnamespace = 'public'::regnamespace")
                        .query(String.class)
                        .list())
                .isEmpty();
    }
}
