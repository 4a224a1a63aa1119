package dev.outbox.chaos;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The replication slot of a run whose relays tail. */
record ReplicationSlot(JdbcClient jdbc, String name) {

    ReplicationSlot(Landscape landscape) {
        this(JdbcClient.create(landscape.dataSource("slot")), landscape.replicationSlot());
    }

    void create() {
        jdbc.sql("select pg_create_logical_replication_slot(:name, 'pgoutput')")
                .param("name", name)
                .query()
                .listOfRows();
    }

    /** Cuts off whoever reads from it, and drops it before the next one comes. */
    void drop() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    jdbc.sql(
                                    "select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = :name")
                            .param("name", name)
                            .query()
                            .listOfRows();
                    jdbc.sql("select pg_drop_replication_slot(slot_name) from pg_replication_slots"
                                    + " where slot_name = :name and active_pid is null")
                            .param("name", name)
                            .query()
                            .listOfRows();
                    return jdbc.sql(
                                    "select not exists (select 1 from pg_replication_slots where slot_name = :name and active_pid is not null)")
                            .param("name", name)
                            .query(Boolean.class)
                            .single();
                });
    }
}
