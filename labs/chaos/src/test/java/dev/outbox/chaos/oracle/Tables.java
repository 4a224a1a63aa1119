package dev.outbox.chaos.oracle;

import dev.outbox.embedded.DatabaseKind;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database knows when all is over: the ledger, and what is parked. */
public final class Tables {

    private static final String LEDGER = """
            select account, number, change_id, oversize
            from ledger
            """;

    private static final String PARKED_ON_POSTGRES = """
            select
                aggregateid,
                aggregate_seq,
                (event ->> 'number')::bigint as number,
                event ->> 'change' as change_id
            from outbox_parked, cast(convert_from(payload, 'UTF8') as json) as event
            order by seq
            """;

    private static final String PARKED_ON_MARIADB = """
            select
                aggregateid,
                aggregate_seq,
                json_value(convert(payload using utf8mb4), '$.number') as number,
                json_value(convert(payload using utf8mb4), '$.change') as change_id
            from outbox_parked
            order by seq
            """;

    private static final String EVENTS_ON_POSTGRES = """
            select concat_ws(' ', 'seq', seq, 'xid', xid, 'bucket', bucket, aggregateid, aggregate_seq) as line
            from outbox_event
            order by seq
            """;

    private static final String EVENTS_ON_MARIADB = """
            select concat_ws(' ', 'seq', seq, 'bucket', bucket, aggregateid, aggregate_seq) as line
            from outbox_event
            order by seq
            """;

    /** One that is being created has nothing confirmed. */
    private static final String IS_READ = """
            select exists (
                select from pg_replication_slots
                where slot_name = :slot and active and confirmed_flush_lsn is not null
            )
            """;

    private final String parked;
    private final String events;
    private final JdbcClient jdbc;

    public Tables(DatabaseKind kind, DataSource dataSource) {
        boolean isPostgres = kind == DatabaseKind.POSTGRESQL;
        this.parked = isPostgres ? PARKED_ON_POSTGRES : PARKED_ON_MARIADB;
        this.events = isPostgres ? EVENTS_ON_POSTGRES : EVENTS_ON_MARIADB;
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** {@return all changes that were committed} */
    public List<Change> ledger() {
        return jdbc.sql(LEDGER)
                .query((row, rowNumber) -> new Change(
                        row.getString("account"),
                        row.getLong("number"),
                        UUID.fromString(row.getString("change_id")),
                        row.getBoolean("oversize")))
                .list();
    }

    /** Creates what relays that tail read from. */
    public void createReplicationSlot(String name) {
        jdbc.sql("select pg_create_logical_replication_slot(:name, 'pgoutput', failover => true)")
                .param("name", name)
                .query()
                .listOfRows();
    }

    /** {@return whether a relay reads from this replication slot} */
    public boolean isRead(String name) {
        return jdbc.sql(IS_READ).param("slot", name).query(Boolean.class).single();
    }

    /** {@return the rows of the outbox, a line each} */
    public List<String> events() {
        return jdbc.sql(events)
                .query((row, rowNumber) -> Objects.requireNonNull(row.getString("line")))
                .list();
    }

    /** {@return what is parked, in the order of its release} */
    public List<Occurrence> parked() {
        return jdbc.sql(parked)
                .query((row, rowNumber) -> new Occurrence(
                        row.getString("aggregateid"),
                        row.getLong("number"),
                        row.getLong("aggregate_seq"),
                        UUID.fromString(row.getString("change_id"))))
                .list();
    }
}
