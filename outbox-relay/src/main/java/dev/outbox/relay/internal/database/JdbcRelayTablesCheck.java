package dev.outbox.relay.internal.database;

import dev.outbox.internal.check.MariaDbTables;
import dev.outbox.internal.check.MariaDbTables.Shortcomings;
import dev.outbox.internal.check.TableRight;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.internal.setup.TableRights;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import java.util.stream.Stream;
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
                    and inhrelid is distinct from to_regclass('outbox_event_stored')
                    and not has_table_privilege(inhrelid, privilege)
                union all
                select 'sequence ' || relation::oid::regclass, 'SELECT'
                from to_regclass('outbox_event_seq') as relation
                where not has_sequence_privilege(relation::oid, 'SELECT')
            ) as wanted
            group by target
            order by target
            """;

    private static final List<TableRight> RIGHTS_WHERE_EVENTS_ARE_DELETED = Stream.concat(
                    Stream.of("select", "delete").map(right -> new TableRight("outbox_event", right)),
                    Stream.of("outbox_lane", "outbox_relay", "outbox_parked")
                            .flatMap(table -> Stream.of("select", "insert", "update", "delete")
                                    .map(right -> new TableRight(table, right))))
            .toList();

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
        DatabaseProduct product = DatabaseProduct.of(dataSource);
        if (product == DatabaseProduct.POSTGRESQL) {
            tables.schema().ifPresent(this::requireUsage);
        } else if (!product.hasSchemas()) {
            requireInDatabase(product);
        }
        try {
            if (product == DatabaseProduct.POSTGRESQL) {
                requireRights();
            }
            jdbc.sql(TABLES).query().listOfRows();
        } catch (BadSqlGrammarException e) {
            throw new MissingTablesException(e);
        }
    }

    /** Missing tables are found by the statement that comes next. */
    private void requireInDatabase(DatabaseProduct product) {
        product.requireNoSchema(tables.schema().stream().toList());
        Shortcomings found = MariaDbTables.in(product, dataSource).of(RIGHTS_WHERE_EVENTS_ARE_DELETED);
        if (found.absent().isEmpty() && !found.grants().isEmpty()) {
            throw lacking(product, found.grants());
        }
        if (!found.withoutTransactions().isEmpty()) {
            throw TableRights.withoutTransactions(found.withoutTransactions());
        }
    }

    private void requireRights() {
        List<String> missing = jdbc.sql(MISSING_RIGHTS)
                .param("truncates", truncates)
                .query((row, rowNumber) -> row.getString(1))
                .list();
        if (!missing.isEmpty()) {
            throw lacking(DatabaseProduct.POSTGRESQL, missing);
        }
    }

    /** Without this right, a query for the rights on a table of the schema only fails with an error about the schema. */
    private void requireUsage(String schema) {
        List<String> missing = jdbc.sql(MISSING_USAGE)
                .param("schema", schema)
                .query((row, rowNumber) -> row.getString(1))
                .list();
        if (!missing.isEmpty()) {
            throw lacking(DatabaseProduct.POSTGRESQL, missing);
        }
    }

    private static OutboxSetupException lacking(DatabaseProduct product, List<String> grants) {
        return new OutboxSetupException(
                "The relay's user lacks rights on the outbox tables", TableRights.run(product, grants));
    }
}
