package dev.outbox.relay.lane;

import java.util.Optional;

/**
 * What this process knows of the lanes that it owns, from memory. Thread-safe.
 *
 * @since 0.1.0
 */
public interface LaneTroubles {

    /** {@return whether this process owns the lane} */
    boolean isOwnedHere(int lane);

    /** {@return why the lane does not move, if it is owned here and should} */
    Optional<String> of(int lane);
}
