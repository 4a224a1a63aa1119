package dev.outbox.relay.internal.database;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.internal.setup.TableRights;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks, after all migrations and before the relay starts, whether the tables exist and may be used. */
final class JdbcRelayTablesCheck implements SmartInitializingSingleton {

    /** Everything that the relay does with them. Each partition is truncated separately, and looked at before. */
    private static final String MISSING_RIGHTS = """
            select format('grant %s on %s to %I', string_agg(lower(privilege), ', ' order by privilege), target, current_user) as missing
            from (
                select 'table ' || relation::oid::regclass as target, privilege
                from unnest(array[to_regclass('outbox_lane'), to_regclass('outbox_relay'), to_regclass('outbox_parked')])
                        as relation,
                    unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as privilege
                where not has_table_privilege(relation::oid, privilege)
                union all
                select 'table ' || relation::oid::regclass, 'SELECT'
                from to_regclass('outbox_event') as relation
                where not has_table_privilege(relation::oid, 'SELECT')
                union all
                select 'table ' || inhrelid::regclass, privilege
                from pg_inherits, unnest(array['SELECT', 'TRUNCATE']) as privilege
                where :truncates and inhparent = to_regclass('outbox_event')
                    and not has_table_privilege(inhrelid, privilege)
                union all
                select 'sequence ' || relation::oid::regclass, 'SELECT'
                from to_regclass('outbox_event_seq') as relation
                where not has_sequence_privilege(relation::oid, 'SELECT')
            ) as wanted
            group by target
            order by target
            """;

    private static final String TABLES = """
            select 1
            from outbox_event, outbox_parked, outbox_lane join outbox_relay on outbox_relay.lanes = outbox_lane.lanes
            where 1 = 0
            """;

    private static final String MISSING_USAGE = """
            select format('grant usage on schema %I to %I', nspname, current_user)
            from pg_namespace
            where nspname = :schema and not has_schema_privilege(oid, 'usage')
            """;

    private final DataSource dataSource;
    private final OutboxTables tables;
    private final JdbcClient jdbc;
    private final boolean truncates;

    /**
     * @param truncates whether the relay removes published events
     */
    JdbcRelayTablesCheck(DataSource dataSource, OutboxTables tables, boolean truncates) {
        this.dataSource = dataSource;
        this.tables = tables;
        this.jdbc = tables.client(dataSource);
        this.truncates = truncates;
    }

    /**
     * @throws OutboxSetupException if the outbox does not work on the database, or the relay's user lacks rights that the
     *     relay needs on the tables
     * @throws MissingTablesException if there are no such tables
     */
    @Override
    public void afterSingletonsInstantiated() {
        boolean isPostgres = DatabaseProduct.of(dataSource) == DatabaseProduct.POSTGRESQL;
        if (isPostgres) {
            tables.schema().ifPresent(this::requireUsage);
        }
        try {
            if (isPostgres) {
                requireRights();
            }
            jdbc.sql(TABLES).query().listOfRows();
        } catch (BadSqlGrammarException e) {
            throw new MissingTablesException(e);
        }
    }

    private void requireRights() {
        List<String> missing = jdbc.sql(MISSING_RIGHTS)
                .param("truncates", truncates)
                .query(String.class)
                .list();
        if (!missing.isEmpty()) {
            throw lacking(missing);
        }
    }

    /** Without this right, a query for the rights on a table of the schema only fails with an error about the schema. */
    private void requireUsage(String schema) {
        List<String> missing = jdbc.sql(MISSING_USAGE)
                .param("schema", schema)
                .query(String.class)
                .list();
        if (!missing.isEmpty()) {
            throw lacking(missing);
        }
    }

    private static OutboxSetupException lacking(List<String> grants) {
        return new OutboxSetupException("The relay's user lacks rights on the outbox tables", TableRights.run(grants));
    }
}
