package dev.outbox.importer.internal.peer;

import javax.sql.DataSource;

/** The records of a Namastack outbox, with a row for each payload and handler. A record that has failed for good is not complete. */
final class JdbcNamastackTable {

    private static final String SELECTED = """
            select
                id, record_type as type, record_key as key, payload,
                context as headers, created_at
            from %s
            where completed_at is null
                and handler_id = any (:handlers)
                and record_type <> all (:ignored)
                and created_at >= coalesce(cast(:since as timestamptz), '-infinity')
                and created_at <= clock_timestamp() - make_interval(secs => :minAge)
            order by created_at, ctid
            limit :limit
            """;

    private static final String PENDING = """
            select
                handler_id as handler, record_type as type, count(*) as rows,
                count(*) filter (where created_at > clock_timestamp() - make_interval(secs => :minAge)) as young,
                count(*) filter (where created_at < cast(:since as timestamptz)) as old
            from %s
            where completed_at is null
            group by handler_id, record_type
            order by handler_id, record_type
            """;

    private static final String MARK = """
            update %s
            set status = 'COMPLETED', completed_at = clock_timestamp()
            where id = any (:ids)
            """;

    private static final String DELETE = """
            delete from %s
            where id = any (:ids)
            """;

    private JdbcNamastackTable() {}

    static PeerTable on(DataSource dataSource, String table, Completion completion) {
        return new JdbcPeerTable(
                dataSource,
                table,
                SELECTED.formatted(table),
                PENDING.formatted(table),
                (completion == Completion.DELETE ? DELETE : MARK).formatted(table));
    }
}
