package dev.outbox.importer.internal.peer;

import javax.sql.DataSource;

/**
 * The messages of Eventuate Tram, of which domain events are for the import, and commands and replies are not. The ids begin with the
 * time, and give the order.
 */
final class JdbcEventuateTable {

    private static final String SELECTED = """
            select
                id,
                cast(headers as jsonb) ->> 'event-type' as type,
                cast(headers as jsonb) ->> 'event-aggregate-id' as key,
                cast(payload as text) as payload,
                cast(cast(headers as jsonb)
                    - array['ID', 'PARTITION_ID', 'DESTINATION', 'DATE',
                        'event-type', 'event-aggregate-type', 'event-aggregate-id'] as text) as headers,
                to_timestamp(creation_time / 1000.0) as created_at
            from %s
            where published = 0
                and cast(headers as jsonb) ->> 'event-type' is not null
                and cast(headers as jsonb) ->> 'event-type' <> all (:ignored)
                and to_timestamp(creation_time / 1000.0) >= coalesce(cast(:since as timestamptz), '-infinity')
                and to_timestamp(creation_time / 1000.0) <= clock_timestamp() - make_interval(secs => :minAge)
            order by id
            limit :limit
            """;

    private static final String PENDING = """
            select
                cast(null as text) as handler, cast(headers as jsonb) ->> 'event-type' as type, count(*) as rows,
                count(*) filter (
                    where to_timestamp(creation_time / 1000.0) > clock_timestamp() - make_interval(secs => :minAge)) as young,
                count(*) filter (where to_timestamp(creation_time / 1000.0) < cast(:since as timestamptz)) as old
            from %s
            where published = 0
            group by cast(headers as jsonb) ->> 'event-type'
            order by type
            """;

    private static final String MARK = """
            update %s
            set published = 1
            where id = any (:ids)
            """;

    private static final String DELETE = """
            delete from %s
            where id = any (:ids)
            """;

    private JdbcEventuateTable() {}

    static PeerTable on(DataSource dataSource, String table, Completion completion) {
        return new JdbcPeerTable(
                dataSource,
                table,
                SELECTED.formatted(table),
                PENDING.formatted(table),
                (completion == Completion.DELETE ? DELETE : MARK).formatted(table));
    }
}
