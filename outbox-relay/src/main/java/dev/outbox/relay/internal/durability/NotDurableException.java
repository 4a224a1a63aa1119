package dev.outbox.relay.internal.durability;

import java.time.Duration;

/**
 * Events were read that a crash could still take back, and they did not become durable in time. None of them has been
 * returned; the next read waits for them again.
 */
public final class NotDurableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotDurableException(String wal, String missing, Duration patience) {
        super(("Committed events up to WAL position %s are not durable: %s within %s. They are published once they are."
                        + " Look at pg_stat_replication; remove a standby that is gone for good from"
                        + " outbox.relay.durability.standbys.")
                .formatted(wal, missing, patience));
    }
}
