package dev.outbox.chaos;

import dev.outbox.embedded.Patience;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Has the server keep little WAL, as {@code max_slot_wal_keep_size} says, and write more than that. At the next checkpoint
 * it gives up the replication slots that need the WAL before; it ends the sessions that read from them.
 *
 * @param landscape where
 */
record WalLimit(Landscape landscape) {

    /** Each step begins another segment of 16 MB. */
    private static final int SEGMENTS = 6;

    private static final String LIMIT = "alter system set max_slot_wal_keep_size = '32MB'";
    private static final String NO_LIMIT = "alter system reset max_slot_wal_keep_size";
    private static final String RELOAD = "select pg_reload_conf()";

    /** Until it is given up, or gone; one that is being created has nothing confirmed. */
    private static final String IS_USABLE = """
            select exists (
                select from pg_replication_slots
                where slot_name = :slot and wal_status <> 'lost' and confirmed_flush_lsn is not null
            )
            """;

    /**
     * Returns when the replication slot is lost.
     *
     * @return false if there was none that could be lost
     */
    boolean loseReplicationSlot() throws SQLException {
        JdbcClient jdbc = JdbcClient.create(landscape.dataSource("disturbance"));
        // While it has an id, nobody can create another replication slot, which would look like the one before.
        try (Connection holder = landscape.dataSource("disturbance").getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");
            if (!isUsable(jdbc)) {
                return false;
            }
            try {
                set(jdbc, LIMIT);
                Awaitility.await()
                        .atMost(Patience.LIMIT)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> {
                            writeBeyond(jdbc);
                            return !isUsable(jdbc);
                        });
            } finally {
                set(jdbc, NO_LIMIT);
            }
            return true;
        }
    }

    private void writeBeyond(JdbcClient jdbc) {
        for (int segment = 0; segment < SEGMENTS; segment++) {
            jdbc.sql("select pg_logical_emit_message(false, 'filler', 'x')")
                    .query()
                    .listOfRows();
            jdbc.sql("select pg_switch_wal()").query().listOfRows();
        }
        // Or its replication slot is lost as well.
        landscape.servers().postgres().awaitStandby();
        jdbc.sql("checkpoint").update();
    }

    private boolean isUsable(JdbcClient jdbc) {
        return jdbc.sql(IS_USABLE)
                .param("slot", landscape.replicationSlot())
                .query(Boolean.class)
                .single();
    }

    private static void set(JdbcClient jdbc, String limit) {
        jdbc.sql(limit).update();
        jdbc.sql(RELOAD).query().listOfRows();
    }
}
