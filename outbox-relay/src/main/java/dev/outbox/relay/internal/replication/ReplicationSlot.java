package dev.outbox.relay.internal.replication;

import dev.outbox.schema.OutboxTables;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The replication slot: what it is, and where the server is beside it. Thread-safe; each method is a statement, and throws
 * {@link org.springframework.dao.DataAccessException} if it fails.
 */
public interface ReplicationSlot {

    /** {@return its name} */
    String name();

    ReplicationSlotState state();

    /** Creates the slot. Waits until all transactions that are running now have ended. */
    void create();

    void drop();

    Heartbeat heartbeat();

    /** {@return the id of a transaction of now; each one that has an id already has a lower one} */
    long transaction();

    /**
     * {@return transactions that have not begun to commit, as far as the user may know that}
     *
     * @param xmax none of them is as high as this
     */
    Set<Long> idle(long xmax);

    /**
     * {@return the slot of this name}
     *
     * @param creating connections for the creation of the slot, which may take long
     */
    static ReplicationSlot postgres(DataSource dataSource, DataSource creating, OutboxTables tables, SlotName name) {
        return new JdbcReplicationSlot(dataSource, creating, tables, name);
    }
}
