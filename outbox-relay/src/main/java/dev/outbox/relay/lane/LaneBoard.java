package dev.outbox.relay.lane;

import java.util.List;

/**
 * The lanes of an outbox and the relays that share them, whichever process they run in. Thread-safe. The methods throw
 * {@link org.springframework.dao.DataAccessException} if the database cannot be queried.
 *
 * @since 0.1.0
 */
public interface LaneBoard {

    /** {@return all lanes, by number} */
    List<LaneHolding> lanes();

    /** {@return the relays that are running, or were until lately; the one that joined first comes first} */
    List<KnownRelay> relays();
}
