package dev.outbox.store;

import dev.outbox.setup.OutboxSetupException;
import dev.outbox.setup.PostgresDatabase;
import dev.outbox.setup.TableRights;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the tables of outbox, relay and inbox up to date when it is initialised, by Flyway, in a history table of
 * their own: {@value #HISTORY_TABLE}. The service's own migrations, whatever their tool, are not touched.
 *
 * <p>Several services and relays may start on one database at once; Flyway's lock lets one of them migrate.
 */
public final class OutboxSchema implements InitializingBean {

    /** Where Flyway notes what has been applied. */
    public static final String HISTORY_TABLE = "outbox_schema_history";

    /** Where the DDL lies in the class path, for those who apply it by hand. */
    public static final String LOCATION = "classpath:dev/outbox/db/postgresql";

    /** Whether the schema has our history, and no table that is not ours. */
    private static final String IS_ALONE = """
            select coalesce(
                bool_and(table_name ~ '^(outbox|inbox)_') and bool_or(table_name = 'outbox_schema_history'), false)
            from information_schema.tables
            where table_schema = coalesce(cast(:schema as text), current_schema())
            """;

    private final DataSource dataSource;
    private final List<OutboxTables> places;

    /**
     * @param dataSource where the service keeps its own tables; its user must be allowed to create tables
     */
    public OutboxSchema(DataSource dataSource) {
        this(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /**
     * @param dataSource where the service keeps its own tables; its user must be allowed to create tables, and the schemas
     *     that there are not yet
     * @param tables where the tables are to be
     */
    public OutboxSchema(DataSource dataSource, OutboxTables tables) {
        this(dataSource, List.of(tables));
    }

    /**
     * @param dataSource where the service keeps its own tables; its user must be allowed to create tables, and the schemas
     *     that there are not yet
     * @param places where the tables are to be, once in each, such as the schema of each tenant; not empty
     */
    public OutboxSchema(DataSource dataSource, List<OutboxTables> places) {
        this.dataSource = dataSource;
        this.places = List.copyOf(places);
    }

    /**
     * Applies what is missing.
     *
     * @throws OutboxSetupException if the database is no PostgreSQL or cannot be reached, or its user may not make tables
     * @throws FlywayException if a statement fails or an applied migration was changed
     */
    @Override
    public void afterPropertiesSet() {
        PostgresDatabase.require(dataSource);
        places.forEach(this::migrate);
    }

    /**
     * Applies what is missing in one more schema, such as that of a new tenant, which is made if there is none. Thread-safe.
     *
     * @param schema its name as the database has it
     * @throws OutboxSetupException as for {@link #afterPropertiesSet}
     * @throws FlywayException as for {@link #afterPropertiesSet}
     * @throws InvalidSchemaNameException if no schema may be called that
     */
    public void migrate(String schema) {
        migrate(OutboxTables.in(schema));
    }

    private void migrate(OutboxTables where) {
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations(LOCATION)
                .table(HISTORY_TABLE)
                .baselineOnMigrate(true)
                .baselineVersion("0");
        where.schema().ifPresent(flyway::defaultSchema);
        try {
            flyway.load().migrate();
        } catch (FlywayException failed) {
            OutboxSetupException refusal = TableRights.refusal(failed);
            throw refusal == null ? failed : refusal;
        }
    }

    /**
     * {@return whether the tables of outbox, relay and inbox are in a schema of this database, and no other tables}
     *
     * @param database where to look; need not be where ours are
     * @param schema its name; null for the first on the search_path
     */
    public boolean isAloneIn(DataSource database, @Nullable String schema) {
        return PostgresDatabase.is(database)
                && JdbcClient.create(database)
                        .sql(IS_ALONE)
                        .param("schema", schema)
                        .query(Boolean.class)
                        .single();
    }
}
