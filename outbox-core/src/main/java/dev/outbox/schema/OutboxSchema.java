package dev.outbox.schema;

import dev.outbox.internal.migration.SchemaPart;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.internal.setup.TableRights;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.ClassUtils;

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

    /** The location of the DDL for PostgreSQL on the class path, for those who apply it by hand. */
    public static final String LOCATION = "classpath:dev/outbox/db/postgresql";

    private static final String LOCATIONS = "classpath:dev/outbox/db/";

    private static final String FLYWAY_FOR_MARIADB = "org.flywaydb.database.mysql.mariadb.MariaDBDatabaseType";

    /** Whether the schema contains our history table, and only our tables. */
    private static final String IS_ALONE = """
            select coalesce(
                bool_and(table_name ~ '^(outbox|inbox)_') and bool_or(table_name = 'outbox_schema_history'), false)
            from information_schema.tables
            where table_schema = coalesce(cast(:schema as text), current_schema())
            """;

    /** The same where a database is the schema, and on H2. */
    private static final String IS_ALONE_IN = """
            select
                count(*) > 0
                and count(*) = sum(case when lower(table_name) like 'outbox!_%' escape '!'
                    or lower(table_name) like 'inbox!_%' escape '!' then 1 else 0 end)
                and sum(case when lower(table_name) = 'outbox_schema_history' then 1 else 0 end) = 1
            from information_schema.tables
            where table_schema = coalesce(:schema, schema())
            """;

    private final DataSource dataSource;
    private final List<OutboxTables> places;
    private final List<SchemaPart> parts;

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
        this(dataSource, places, List.of());
    }

    /** The same, with the tables of modules that bring some along. */
    public OutboxSchema(DataSource dataSource, List<OutboxTables> places, List<SchemaPart> parts) {
        this.dataSource = dataSource;
        this.places = List.copyOf(places);
        this.parts = List.copyOf(parts);
    }

    /**
     * Applies the missing migrations.
     *
     * @throws OutboxSetupException if the outbox does not work on the database, it cannot be reached, or its user may not
     *     create tables
     * @throws FlywayException if a statement fails or an applied migration was changed
     */
    @Override
    public void afterPropertiesSet() {
        DatabaseProduct product = requireSupported();
        places.forEach(where -> migrate(product, where));
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
        migrate(requireSupported(), OutboxTables.in(schema));
    }

    private DatabaseProduct requireSupported() {
        DatabaseProduct product = DatabaseProduct.of(dataSource);
        boolean isMariaDb = product == DatabaseProduct.MARIADB || product == DatabaseProduct.MYSQL;
        if (isMariaDb && !ClassUtils.isPresent(FLYWAY_FOR_MARIADB, OutboxSchema.class.getClassLoader())) {
            throw new OutboxSetupException(
                    "The tables of the outbox cannot be created on %s, because Flyway's support for it is missing"
                            .formatted(product.title()),
                    "Add org.flywaydb:flyway-mysql, or set outbox.schema.migrate=false and apply"
                            + " docs/schema/mariadb.sql by hand.");
        }
        return product;
    }

    private void migrate(DatabaseProduct product, OutboxTables where) {
        product.requireNoSchema(where.schema().stream().toList());
        migrate(product, where, LOCATIONS, HISTORY_TABLE);
        parts.stream()
                .filter(part -> part.databases().contains(product))
                .forEach(part -> migrate(product, where, part.locations(), part.historyTable()));
    }

    private void migrate(DatabaseProduct product, OutboxTables where, String locations, String historyTable) {
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations(locations + product.migrations())
                .placeholders(Map.of("collation", collation(product)))
                .table(historyTable)
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

    /** Both compare bytes, and do not ignore spaces at the end. */
    private static String collation(DatabaseProduct product) {
        return product == DatabaseProduct.MYSQL ? "utf8mb4_0900_bin" : "utf8mb4_nopad_bin";
    }

    /**
     * {@return whether a schema of this database contains the outbox, relay and inbox tables, and no other tables}
     *
     * @param database where to look; may be a different database than that of our tables
     * @param schema its name; null for the one that a connection uses
     */
    public boolean isAloneIn(DataSource database, @Nullable String schema) {
        return DatabaseProduct.find(database)
                .map(product ->
                        isAlone(database, product == DatabaseProduct.POSTGRESQL ? IS_ALONE : IS_ALONE_IN, schema))
                .orElse(false);
    }

    private static boolean isAlone(DataSource database, String sql, @Nullable String schema) {
        return JdbcClient.create(database)
                .sql(sql)
                .param("schema", schema)
                .query((row, rowNumber) -> row.getBoolean(1))
                .single();
    }
}
