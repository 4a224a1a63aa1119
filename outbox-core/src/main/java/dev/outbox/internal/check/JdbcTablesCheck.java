package dev.outbox.internal.check;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.internal.setup.TableRights;
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

    /** Where no catalog shows rights, a statement that reads nothing finds the table. */
    private static final String NOTHING = """
            select 1 from %s where 1 = 0
            """;

    private final DataSource dataSource;
    private final List<OutboxTables> places;

    /**
     * @param dataSource that of the service; the rights of its user are checked
     * @param places each set of tables that the service may write to
     */
    public JdbcTablesCheck(DataSource dataSource, List<OutboxTables> places) {
        this.dataSource = dataSource;
        this.places = places;
    }

    /**
     * Requires the tables and, on PostgreSQL, the rights.
     *
     * @throws OutboxSetupException if the outbox does not work on the database, it cannot be reached, or tables are missing or
     *     may not be written to
     */
    public void require(List<TableRight> needed) {
        if (DatabaseProduct.of(dataSource) == DatabaseProduct.POSTGRESQL) {
            requireTablesAndRights(needed);
        } else {
            requireTables(needed);
        }
    }

    private void requireTables(List<TableRight> needed) {
        List<String> missing = needed.stream()
                .map(TableRight::table)
                .filter(name -> !name.endsWith("_seq"))
                .distinct()
                .sorted()
                .flatMap(name ->
                        places.stream().filter(tables -> !isThere(tables, name)).map(tables -> tables.qualify(name)))
                .toList();
        if (!missing.isEmpty()) {
            throw TableRights.absent(missing);
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
        for (OutboxTables tables : places) {
            List<String> usage = missingUsage(tables);
            grants.addAll(usage);
            if (usage.isEmpty()) {
                List<String> absent = asked(MISSING_TABLES, tables, needed);
                missing.addAll(absent);
                grants.addAll(absent.isEmpty() ? asked(MISSING_RIGHTS, tables, needed) : List.of());
            }
        }
        if (!missing.isEmpty()) {
            throw TableRights.absent(missing);
        }
        if (!grants.isEmpty()) {
            throw TableRights.denied(grants);
        }
    }

    private List<String> missingUsage(OutboxTables tables) {
        return tables.client(dataSource)
                .sql(MISSING_USAGE)
                .param("schema", tables.schema().orElse(""))
                .query(String.class)
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
                .query(String.class)
                .list();
    }
}
