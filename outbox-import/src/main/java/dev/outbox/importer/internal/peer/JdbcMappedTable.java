package dev.outbox.importer.internal.peer;

import javax.sql.DataSource;

/** A hand-made table, of which the settings say where it has what. */
final class JdbcMappedTable {

    private static final String SELECTED = """
            select
                cast(%2$s as text) as id, cast(%3$s as text) as type, cast(%4$s as text) as key,
                cast(%5$s as text) as payload, cast(%6$s as text) as headers, cast(%7$s as timestamptz) as created_at
            from %1$s
            where (%9$s)
                and cast(%3$s as text) <> all (:ignored)
                and cast(%7$s as timestamptz) >= coalesce(cast(:since as timestamptz), '-infinity')
                and cast(%7$s as timestamptz) <= clock_timestamp() - make_interval(secs => :minAge)
            order by %8$s
            limit :limit
            """;

    private static final String PENDING = """
            select
                cast(null as text) as handler, cast(%3$s as text) as type, count(*) as rows,
                count(*) filter (
                    where cast(%7$s as timestamptz) > clock_timestamp() - make_interval(secs => :minAge)) as young,
                count(*) filter (where cast(%7$s as timestamptz) < cast(:since as timestamptz)) as old
            from %1$s
            where (%9$s)
            group by cast(%3$s as text)
            order by type
            """;

    private static final String MARK = """
            update %1$s
            set %10$s
            where cast(%2$s as text) = any (:ids)
            """;

    private static final String DELETE = """
            delete from %1$s
            where cast(%2$s as text) = any (:ids)
            """;

    private JdbcMappedTable() {}

    static PeerTable on(DataSource dataSource, String table, Columns columns, Completion completion) {
        return new JdbcPeerTable(
                dataSource,
                table,
                formatted(SELECTED, table, columns),
                formatted(PENDING, table, columns),
                formatted(completion == Completion.DELETE ? DELETE : MARK, table, columns));
    }

    private static String formatted(String sql, String table, Columns columns) {
        return sql.formatted(
                table,
                columns.id(),
                columns.type(),
                columns.key(),
                columns.payload(),
                columns.headers(),
                columns.time(),
                columns.order(),
                columns.pending(),
                columns.done());
    }
}
