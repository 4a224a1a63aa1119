package dev.outbox.check;

import dev.outbox.setup.OutboxSetupException;
import dev.outbox.setup.PostgresDatabase;
import dev.outbox.setup.TableRights;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks the database whether tables are there and may be written, before the first transaction needs them. */
final class JdbcTablesCheck {

    /** What capture does, by table. */
    static final List<String> CAPTURE = List.of(
            "outbox_event insert",
            "outbox_event_seq usage",
            "outbox_key select",
            "outbox_key insert",
            "outbox_key update");

    /** What consumers and their retention do. */
    static final List<String> INBOX = Stream.of(
                    "inbox_event", "inbox_parked", "inbox_sequence", "inbox_sequence_run", "outbox_shedlock")
            .flatMap(table -> Stream.of("select", "insert", "update", "delete").map(right -> table + " " + right))
            .toList();

    private static final String WRONG = """
            select
                case when to_regclass(name) is null
                    then name || ' is not there, or not on the search_path'
                    else 'permission denied to ' || string_agg(privilege, ', ' order by privilege) || ' on ' || name
                end
            from unnest(cast(:needed as text[])) as line,
                lateral (select split_part(line, ' ', 1) as name, split_part(line, ' ', 2) as privilege) as need
            where
                case when to_regclass(name) is null then true
                    when privilege = 'usage' then not has_sequence_privilege(to_regclass(name), privilege)
                    else not has_table_privilege(to_regclass(name), privilege)
                end
            group by name
            order by name
            """;

    private final DataSource dataSource;

    JdbcTablesCheck(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * @throws OutboxSetupException if the database is no PostgreSQL or cannot be reached, tables are missing or may not be
     *     written
     */
    void require(List<String> needed) {
        PostgresDatabase.require(dataSource);
        List<String> wrong = JdbcClient.create(dataSource)
                .sql(WRONG)
                .param("needed", needed.toArray(String[]::new))
                .query(String.class)
                .list();
        if (!wrong.isEmpty()) {
            throw TableRights.unusable(String.join("; ", wrong));
        }
    }
}
