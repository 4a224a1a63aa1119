package dev.outbox.relay.internal.slot;

import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import javax.sql.DataSource;

/** Frees the space of published events, one slot of the outbox table at a time. */
public interface OutboxSlots {

    /**
     * Truncates a slot if every event in it is published by the durable position of every lane. Does not wait for others,
     * and lets no one else wait longer than the truncation takes.
     *
     * @param slot number of the partition, starting at 0
     * @return {@link SlotResult.Truncated}, {@link SlotResult.Empty}, {@link SlotResult.Unpublished} or
     *     {@link SlotResult.Busy}
     * @throws org.springframework.dao.DataAccessException if the database cannot be reached or does not allow it
     */
    SlotResult truncate(int slot);

    /**
     * The same, but waits for the users of the slot; requests that arrive in the meantime wait after it. For a slot whose
     * readers leave no gap.
     *
     * @param wait how long at most, to the millisecond
     */
    default SlotResult truncate(int slot, Duration wait) {
        return truncate(slot);
    }

    /** {@return the slots in PostgreSQL; thread-safe, each call is a transaction of its own} */
    static OutboxSlots postgres(DataSource dataSource) {
        return postgres(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same, on given tables} */
    static OutboxSlots postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcOutboxSlots(dataSource, tables);
    }
}
