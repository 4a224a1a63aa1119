package dev.outbox.schema;

import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.internal.setup.PostgresDatabase;
import dev.outbox.internal.setup.TableRights;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Uses Flyway to bring the outbox, relay and inbox tables up to date when this bean is initialised. Their history is kept in a
 * separate table: {@value #HISTORY_TABLE}. The service's own migrations are not touched, whichever tool runs them.
 *
 * <p>Several services and relays may start on one database at the same time; Flyway's lock lets one of them migrate.
 *
 * @since 0.1.0
 */
public final class OutboxSchema implements InitializingBean {

    /** The table in which Flyway records the applied migrations. */
    public static final String HISTORY_TABLE = "outbox_schema_history";

    /** The location of the DDL on the class path, for those who apply it by hand. */
    public static final String LOCATION = "classpath:dev/outbox/db/postgresql";

    /** Whether the schema contains our history table, and only our tables. */
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
     * @param dataSource where the service keeps its own tables; its user must be allowed to create tables and any missing
     *     schemas
     * @param tables where to create the tables
     */
    public OutboxSchema(DataSource dataSource, OutboxTables tables) {
        this(dataSource, List.of(tables));
    }

    /**
     * @param dataSource where the service keeps its own tables; its user must be allowed to create tables and any missing
     *     schemas
     * @param places where to create the tables, one set in each place, such as the schema of each tenant; not empty
     */
    public OutboxSchema(DataSource dataSource, List<OutboxTables> places) {
        this.dataSource = dataSource;
        this.places = List.copyOf(places);
    }

    /**
     * Applies the missing migrations.
     *
     * @throws OutboxSetupException if the database is not PostgreSQL or cannot be reached, or its user may not create tables
     * @throws FlywayException if a statement fails or an applied migration was changed
     */
    @Override
    public void afterPropertiesSet() {
        PostgresDatabase.require(dataSource);
        places.forEach(this::migrate);
    }

    /**
     * Applies the missing migrations to one more schema, such as that of a new tenant. Creates the schema if it does not exist.
     * Thread-safe.
     *
     * @param schema its name as the database stores it
     * @throws OutboxSetupException as for {@link #afterPropertiesSet}
     * @throws FlywayException as for {@link #afterPropertiesSet}
     * @throws InvalidSchemaNameException if this is not a valid schema name
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
     * {@return whether a schema of this database contains the outbox, relay and inbox tables, and no other tables}
     *
     * @param database where to look; may be a different database than that of our tables
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
