package dev.outbox.relay.operations;

import java.util.List;

/**
 * The outboxes that this process relays: one, or several if a sidecar serves several databases. Thread-safe.
 *
 * @since 0.1.0
 */
public interface Outboxes {

    /** {@return the names of all of them, of which there is at least one} */
    List<String> names();

    /**
     * {@return one of them}
     *
     * @throws UnavailableOutboxException if there is none of this name, or its relay has not started yet
     */
    OutboxOperations named(String name);
}
