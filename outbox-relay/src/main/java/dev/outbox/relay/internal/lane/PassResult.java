package dev.outbox.relay.internal.lane;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one pass over a lane did, and when the next one makes sense. */
public sealed interface PassResult {

    /** Another relay owns the lane. */
    record Standby() implements PassResult {}

    /**
     * The lane moves, or there is nothing to move.
     *
     * @param published events handed to the broker
     * @param acknowledged events whose page is fully acknowledged now
     * @param next what the next pass has to wait for
     */
    record Relayed(int published, int acknowledged, Next next) implements PassResult {}

    /**
     * Nothing is read or sent for a while.
     *
     * @param cause what went wrong
     * @param retryAfter how much of the pause is left
     */
    record Failed(RuntimeException cause, Duration retryAfter) implements PassResult {}

    /**
     * The lane has ended here; no pass follows.
     *
     * @param cause why it could not be handed over, so that the next relay waits for the lease to expire; or null
     */
    record Stopped(@Nullable RuntimeException cause) implements PassResult {}

    /** What to wait for before the next pass. */
    enum Next {
        /** Nothing: there is more to read. */
        READ_ON,
        /** The broker: as much is in flight as is allowed. */
        AWAIT_ACKS,
        /** New events: all existing ones have been read. */
        POLL
    }
}
