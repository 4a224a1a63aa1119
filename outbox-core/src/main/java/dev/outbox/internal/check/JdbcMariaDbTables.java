package dev.outbox.internal.check;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.schema.OutboxTables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tries each right by a statement that concerns no row, because the server looks at rights before it looks for rows. What its
 * catalog says of rights by roles is not the same on all servers.
 */
final class JdbcMariaDbTables implements MariaDbTables {

    private static final int NO_SUCH_TABLE = 1146;

    /** On a database, a table, or a column. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143);

    private static final String SELECT = """
            select 1 from %1$s where 1 = 0
            """;

    private static final String INSERT = """
            insert ignore into %1$s (%2$s) select 1 from dual where 1 = 0
            """;

    private static final String UPDATE = """
            update %1$s set %2$s = 1 where 1 = 0
            """;

    private static final String DELETE = """
            delete from %1$s where 1 = 0
            """;

    /** The user sees a column if there is some right on it. */
    private static final String COLUMNS = """
            select table_name as of_table, min(column_name) as a_column
            from information_schema.columns
            where table_schema = database() and table_name in (:names)
            group by table_name
            """;

    private static final String WITHOUT_TRANSACTIONS = """
            select concat(table_name, ' (', engine, ')')
            from information_schema.tables
            where table_schema = database() and table_name in (:names) and engine <> 'InnoDB'
            order by table_name
            """;

    private static final String USER = """
            select database() as current_database, substring_index(current_user(), '@', 1) as name,
                substring_index(current_user(), '@', -1) as host
            """;

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;

    JdbcMariaDbTables(DatabaseProduct product, DataSource dataSource) {
        this.transaction = BoundedTransaction.on(product, dataSource);
        this.jdbc = OutboxTables.ON_SEARCH_PATH.client(dataSource);
    }

    @Override
    public Shortcomings of(List<TableRight> needed) {
        Set<String> names = needed.stream().map(TableRight::table).collect(Collectors.toCollection(TreeSet::new));
        Map<String, String> columns = columns(names);
        Set<String> absent = new TreeSet<>();
        Map<String, List<String>> denied = new TreeMap<>();
        for (TableRight right : needed) {
            int error = error(right, columns.get(right.table()));
            if (error == NO_SUCH_TABLE) {
                absent.add(right.table());
            } else if (DENIED.contains(error)) {
                denied.computeIfAbsent(right.table(), table -> new ArrayList<>())
                        .add(right.right());
            }
        }
        return new Shortcomings(
                List.copyOf(absent),
                denied.isEmpty() ? List.of() : grants(denied),
                jdbc.sql(WITHOUT_TRANSACTIONS)
                        .param("names", names)
                        .query((row, rowNumber) -> row.getString(1))
                        .list());
    }

    private Map<String, String> columns(Set<String> names) {
        Map<String, String> columns = new TreeMap<>();
        jdbc.sql(COLUMNS).param("names", names).query(row -> {
            columns.put(row.getString("of_table"), row.getString("a_column"));
        });
        return columns;
    }

    /** {@return the number of the server's error, or 0} Without a column, the user has no right at all on the table, if it is there. */
    private int error(TableRight right, @Nullable String column) {
        try {
            if (column == null || right.right().equals("select")) {
                jdbc.sql(SELECT.formatted(right.table())).query().listOfRows();
            } else {
                String probe = probe(right.right()).formatted(right.table(), column);
                transaction.single(() -> jdbc.sql(probe).update());
            }
            return 0;
        } catch (DataAccessException e) {
            return e.getMostSpecificCause() instanceof SQLException cause ? cause.getErrorCode() : 0;
        }
    }

    private static String probe(String right) {
        return switch (right) {
            case "insert" -> INSERT;
            case "update" -> UPDATE;
            case "delete" -> DELETE;
            default -> throw new IllegalArgumentException(right);
        };
    }

    private List<String> grants(Map<String, List<String>> denied) {
        User user = jdbc.sql(USER).query(User.class).single();
        return denied.entrySet().stream()
                .map(table -> "grant %s on `%s`.`%s` to '%s'@'%s'"
                        .formatted(
                                String.join(", ", table.getValue()),
                                user.currentDatabase(),
                                table.getKey(),
                                user.name(),
                                user.host()))
                .toList();
    }

    private record User(String currentDatabase, String name, String host) {}
}
