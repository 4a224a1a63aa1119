package dev.outbox.relay.internal.replication;

import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.relay.internal.replication.ReplicationSlotState.Foreign;
import dev.outbox.relay.internal.replication.ReplicationSlotState.InUse;
import dev.outbox.relay.internal.replication.ReplicationSlotState.Lost;
import dev.outbox.relay.internal.replication.ReplicationSlotState.Missing;
import dev.outbox.relay.internal.replication.ReplicationSlotState.Usable;
import dev.outbox.schema.OutboxTables;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The replication slot in PostgreSQL. */
final class JdbcReplicationSlot implements ReplicationSlot {

    /**
     * Later versions know more about a slot; a row as JSON lacks what the server does not know. The names of a relay and of
     * its session end with the same UUID.
     */
    private static final String STATE = """
            select
                database,
                database = current_database() as is_here,
                plugin,
                active_pid,
                wal_status,
                to_jsonb(slot) ->> 'invalidation_reason' as invalidation_reason,
                exists (
                    select 1 from outbox_relay
                    where lease_until > clock_timestamp()
                        and right(relay, 36) = (
                            select right(application_name, 36) from pg_stat_activity where pid = active_pid
                        )
                ) as is_alive
            from pg_replication_slots as slot
            where slot_name = :slot
            """;

    private static final String CREATE = """
            select pg_create_logical_replication_slot(:slot, 'pgoutput')
            """;

    /** From PostgreSQL 17 on, a standby can keep a copy of the slot. */
    private static final String CREATE_FOR_FAILOVER = """
            select pg_create_logical_replication_slot(:slot, 'pgoutput', failover => true)
            """;

    private static final int FAILOVER_SLOTS = 170_000;

    private static final String VERSION = """
            select current_setting('server_version_num')::integer
            """;

    private static final String DROP = """
            select pg_drop_replication_slot(:slot)
            """;

    /** The snapshot is taken before the statement runs, so the end of the WAL is read after it. */
    private static final String HEARTBEAT = """
            select
                pg_current_snapshot()::text as snapshot,
                pg_current_wal_insert_lsn()::text as wal,
                (select array_agg(position) from outbox_lane) as positions,
                pg_wal_lsn_diff(pg_current_wal_insert_lsn(), slot.restart_lsn)::bigint as retained,
                slot.wal_status,
                slot.confirmed_flush_lsn::text as confirmed
            from (values (true)) as always left join pg_replication_slots as slot on slot_name = :slot
            """;

    /** Of other users' sessions, only members of pg_read_all_stats see anything. */
    private static final String IDLE = """
            select backend_xid::text::bigint
            from pg_stat_activity
            where backend_xid is not null and state in ('idle in transaction', 'idle in transaction (aborted)')
            """;

    /** Sessions show the lower half of the id of their transaction. */
    private static final long EPOCH = 1L << Integer.SIZE;

    private static final String TRANSACTION = """
            select pg_current_xact_id()::text::bigint
            """;

    private static final String DATABASE = """
            select current_database()
            """;

    private final JdbcClient jdbc;
    private final JdbcClient creating;
    private final String slot;

    JdbcReplicationSlot(DataSource dataSource, DataSource creating, OutboxTables tables, SlotName name) {
        this.jdbc = tables.client(dataSource);
        this.creating = tables.client(creating);
        this.slot = name.in(() -> jdbc.sql(DATABASE).query(String.class).single(), tables);
    }

    @Override
    public String name() {
        return slot;
    }

    @Override
    public ReplicationSlotState state() {
        return jdbc.sql(STATE)
                .param("slot", slot)
                .query((row, rowNumber) -> state(row))
                .optional()
                .orElseGet(Missing::new);
    }

    private static ReplicationSlotState state(ResultSet row) throws SQLException {
        if (!row.getBoolean("is_here") || !"pgoutput".equals(row.getString("plugin"))) {
            return new Foreign("a slot of database %s with plugin %s"
                    .formatted(row.getString("database"), row.getString("plugin")));
        }
        String reason = row.getString("invalidation_reason");
        if (reason != null || "lost".equals(row.getString("wal_status"))) {
            return new Lost(reason == null ? "the WAL that it needs is removed" : reason);
        }
        int process = row.getInt("active_pid");
        return process == 0 ? new Usable() : new InUse(process, row.getBoolean("is_alive"));
    }

    @Override
    public void create() {
        int version = jdbc.sql(VERSION).query(Integer.class).single();
        creating.sql(version >= FAILOVER_SLOTS ? CREATE_FOR_FAILOVER : CREATE)
                .param("slot", slot)
                .query()
                .listOfRows();
    }

    @Override
    public void drop() {
        jdbc.sql(DROP).param("slot", slot).query().listOfRows();
    }

    @Override
    public Heartbeat heartbeat() {
        return jdbc.sql(HEARTBEAT)
                .param("slot", slot)
                .query((row, rowNumber) -> new Heartbeat(
                        Snapshot.parse(row.getString("snapshot")),
                        LogSequenceNumber.valueOf(row.getString("wal")),
                        positions(row),
                        row.getLong("retained"),
                        row.getString("wal_status"),
                        lsn(row.getString("confirmed"))))
                .single();
    }

    @Override
    public long transaction() {
        return jdbc.sql(TRANSACTION).query(Long.class).single();
    }

    @Override
    public Set<Long> idle(long xmax) {
        return jdbc.sql(IDLE).query((row, rowNumber) -> row.getLong(1)).list().stream()
                .map(xid -> xmax - Math.floorMod(xmax - xid, EPOCH))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable LogSequenceNumber lsn(@Nullable String text) {
        return text == null ? null : LogSequenceNumber.valueOf(text);
    }

    private static List<@Nullable String> positions(ResultSet row) throws SQLException {
        Array array = row.getArray("positions");
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }
}
