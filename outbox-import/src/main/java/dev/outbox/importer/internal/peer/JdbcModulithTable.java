package dev.outbox.importer.internal.peer;

import javax.sql.DataSource;

/**
 * The event publication registry of Spring Modulith 2, with a row for each event and listener. A row has no key: the order is that
 * in which the events were published.
 */
final class JdbcModulithTable {

    private static final String SELECTED = """
            select
                cast(id as text) as id, event_type as type, cast(null as text) as key, serialized_event as payload,
                cast(null as text) as headers, publication_date as created_at
            from %s
            where completion_date is null
                and listener_id = any (:handlers)
                and event_type <> all (:ignored)
                and publication_date >= coalesce(cast(:since as timestamptz), '-infinity')
                and publication_date <= clock_timestamp() - make_interval(secs => :minAge)
            order by publication_date, ctid
            limit :limit
            """;

    private static final String PENDING = """
            select
                listener_id as handler, event_type as type, count(*) as rows,
                count(*) filter (where publication_date > clock_timestamp() - make_interval(secs => :minAge)) as young,
                count(*) filter (where publication_date < cast(:since as timestamptz)) as old
            from %s
            where completion_date is null
            group by listener_id, event_type
            order by listener_id, event_type
            """;

    private static final String MARK = """
            update %s
            set completion_date = clock_timestamp(), status = 'COMPLETED'
            where id = any (cast(:ids as uuid[]))
            """;

    private static final String DELETE = """
            delete from %s
            where id = any (cast(:ids as uuid[]))
            """;

    private static final String ARCHIVE = """
            with complete as (
                delete from %s
                where id = any (cast(:ids as uuid[]))
                returning *
            )
            insert into %s (
                id, listener_id, event_type, serialized_event, publication_date,
                status, completion_date, completion_attempts, last_resubmission_date)
            select
                id, listener_id, event_type, serialized_event, publication_date,
                'COMPLETED', clock_timestamp(), completion_attempts, last_resubmission_date
            from complete
            """;

    private JdbcModulithTable() {}

    static PeerTable on(DataSource dataSource, String table, String archive, Completion completion) {
        String complete = switch (completion) {
            case MARK -> MARK.formatted(table);
            case DELETE -> DELETE.formatted(table);
            case ARCHIVE -> ARCHIVE.formatted(table, archive);
        };
        return new JdbcPeerTable(dataSource, table, SELECTED.formatted(table), PENDING.formatted(table), complete);
    }
}
