package dev.outbox.check;

import dev.outbox.setup.OutboxSetupException;
import dev.outbox.setup.PostgresDatabase;
import dev.outbox.setup.TableRights;
import dev.outbox.store.OutboxTables;
import java.util.List;
import javax.sql.DataSource;

/** Asks the database whether tables are there and may be written, before the first transaction needs them. */
final class JdbcTablesCheck {

    private static final String WRONG = """
            select
                case when to_regclass(name) is null
                    then name || ' is not there, or not on the search_path'
                    else 'permission denied to ' || string_agg(privilege, ', ' order by privilege) || ' on ' || name
                end
            from unnest(cast(:names as text[]), cast(:privileges as text[])) as need (name, privilege)
            where
                case when to_regclass(name) is null then true
                    when privilege = 'usage' then not has_sequence_privilege(to_regclass(name), privilege)
                    else not has_table_privilege(to_regclass(name), privilege)
                end
            group by name
            order by name
            """;

    private final DataSource dataSource;
    private final List<OutboxTables> places;

    JdbcTablesCheck(DataSource dataSource, List<OutboxTables> places) {
        this.dataSource = dataSource;
        this.places = places;
    }

    /**
     * @throws OutboxSetupException if the database is no PostgreSQL or cannot be reached, tables are missing or may not be
     *     written
     */
    void require(List<TableRight> needed) {
        PostgresDatabase.require(dataSource);
        List<String> wrong = places.stream()
                .flatMap(tables -> wrong(tables, needed).stream())
                .toList();
        if (!wrong.isEmpty()) {
            throw TableRights.unusable(String.join("; ", wrong));
        }
    }

    private List<String> wrong(OutboxTables tables, List<TableRight> needed) {
        return tables.client(dataSource)
                .sql(WRONG)
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
