package dev.outbox.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
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

    private static final String FOREIGN_TABLES = """
            select count(*)
            from information_schema.tables
            where table_schema = current_schema() and table_name !~ '^(outbox|inbox)_'
            """;

    private final DataSource dataSource;

    /**
     * @param dataSource where the service keeps its own tables; its user must be allowed to create tables
     */
    public OutboxSchema(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Applies what is missing.
     *
     * @throws org.flywaydb.core.api.FlywayException if the database cannot be reached, a statement fails or an applied
     *     migration was changed
     */
    @Override
    public void afterPropertiesSet() {
        Flyway.configure()
                .dataSource(dataSource)
                .locations(LOCATION)
                .table(HISTORY_TABLE)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    /** {@return whether the schema holds no table but those of outbox, relay and inbox} */
    public boolean isAlone() {
        return JdbcClient.create(dataSource)
                        .sql(FOREIGN_TABLES)
                        .query(Integer.class)
                        .single()
                == 0;
    }
}
