package dev.outbox.internal.check;

import dev.outbox.internal.check.MariaDbTables.Shortcomings;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.internal.setup.TableRights;
import dev.outbox.schema.CurrentTables;
import dev.outbox.schema.OutboxTables;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.BadSqlGrammarException;

/** Checks that the tables exist and may be written to, before the first transaction needs them. Thread-safe. */
public final class JdbcTablesCheck {

    /** Without usage on the schema, a lookup of one of its tables reports only the schema. */
    private static final String MISSING_USAGE = """
            select format('grant usage on schema %I to %I', nspname, current_user)
            from pg_namespace
            where nspname = :schema and not has_schema_privilege(oid, 'usage')
            """;

    private static final String MISSING_TABLES = """
            select distinct name
            from unnest(cast(:names as text[])) as need (name)
            where to_regclass(name) is null
            order by name
            """;

    private static final String MISSING_RIGHTS = """
            select format(
                'grant %s on %s to %I',
                string_agg(privilege, ', ' order by privilege),
                case privilege when 'usage' then 'sequence ' else '' end || to_regclass(name),
                current_user)
            from unnest(cast(:names as text[]), cast(:privileges as text[])) as need (name, privilege)
            where
                case privilege when 'usage' then not has_sequence_privilege(to_regclass(name), privilege)
                    else not has_table_privilege(to_regclass(name), privilege)
                end
            group by name, privilege = 'usage', case privilege when 'usage' then 'sequence ' else '' end
            order by name
            """;

    /** On H2, where no catalog shows rights: a statement that reads nothing finds the table. */
    private static final String NOTHING = """
            select 1 from %s where 1 = 0
            """;

    private final DataSource dataSource;
    private final CurrentTables current;

    /**
     * @param dataSource that of the service; the rights of its user are checked
     * @param current each set of tables that the service may write to
     */
    public JdbcTablesCheck(DataSource dataSource, CurrentTables current) {
        this.dataSource = dataSource;
        this.current = current;
    }

    /**
     * Requires the tables and, except on H2, the rights.
     *
     * @throws OutboxSetupException if the outbox does not work on the database, it cannot be reached, or tables are missing or
     *     may not be written to
     */
    public void require(List<TableRight> needed) {
        DatabaseProduct product = DatabaseProduct.of(dataSource);
        switch (product) {
            case POSTGRESQL -> requireTablesAndRights(needed);
            case MARIADB, MYSQL -> requireInDatabase(product, withoutSequences(needed));
            case H2 -> requireTables(withoutSequences(needed));
        }
    }

    private static List<TableRight> withoutSequences(List<TableRight> needed) {
        return needed.stream().filter(need -> !need.table().endsWith("_seq")).toList();
    }

    private void requireInDatabase(DatabaseProduct product, List<TableRight> needed) {
        product.requireNoSchema(schemas());
        Shortcomings found = MariaDbTables.in(product, dataSource).of(needed);
        if (!found.absent().isEmpty()) {
            throw TableRights.absent(product, found.absent());
        }
        if (!found.grants().isEmpty()) {
            throw TableRights.denied(product, found.grants());
        }
        if (!found.withoutTransactions().isEmpty()) {
            throw TableRights.withoutTransactions(found.withoutTransactions());
        }
    }

    private List<String> schemas() {
        List<String> named = current.all().stream()
                .flatMap(tables -> tables.schema().stream())
                .toList();
        return named.isEmpty() && current.perTenant() ? List.of("the schemas of an OutboxSchemaResolver") : named;
    }

    private void requireTables(List<TableRight> needed) {
        List<String> missing = needed.stream()
                .map(TableRight::table)
                .distinct()
                .sorted()
                .flatMap(name -> current.all().stream()
                        .filter(tables -> !isThere(tables, name))
                        .map(tables -> tables.qualify(name)))
                .toList();
        if (!missing.isEmpty()) {
            throw TableRights.absent(DatabaseProduct.H2, missing);
        }
    }

    private boolean isThere(OutboxTables tables, String name) {
        try {
            tables.client(dataSource).sql(NOTHING.formatted(name)).query().listOfRows();
            return true;
        } catch (BadSqlGrammarException missing) {
            return false;
        }
    }

    private void requireTablesAndRights(List<TableRight> needed) {
        List<String> missing = new ArrayList<>();
        List<String> grants = new ArrayList<>();
        for (OutboxTables tables : current.all()) {
            List<String> usage = missingUsage(tables);
            grants.addAll(usage);
            if (usage.isEmpty()) {
                List<String> absent = asked(MISSING_TABLES, tables, needed);
                missing.addAll(absent);
                grants.addAll(absent.isEmpty() ? asked(MISSING_RIGHTS, tables, needed) : List.of());
            }
        }
        if (!missing.isEmpty()) {
            throw TableRights.absent(DatabaseProduct.POSTGRESQL, missing);
        }
        if (!grants.isEmpty()) {
            throw TableRights.denied(DatabaseProduct.POSTGRESQL, grants);
        }
    }

    private List<String> missingUsage(OutboxTables tables) {
        return tables.client(dataSource)
                .sql(MISSING_USAGE)
                .param("schema", tables.schema().orElse(""))
                .query((row, rowNumber) -> row.getString(1))
                .list();
    }

    private List<String> asked(String sql, OutboxTables tables, List<TableRight> needed) {
        return tables.client(dataSource)
                .sql(sql)
                .param(
                        "names",
                        needed.stream()
                                .map(need -> tables.qualify(need.table()))
                                .toArray(String[]::new))
                .param("privileges", needed.stream().map(TableRight::right).toArray(String[]::new))
                .query((row, rowNumber) -> row.getString(1))
                .list();
    }
}
