package dev.outbox.relay.internal.lane;

import dev.outbox.relay.internal.log.Position;
import org.jspecify.annotations.Nullable;

/**
 * Where a lane stands. It starts as {@link StandingBy}. When the lane is acquired, it becomes {@link Reading}; when everything
 * in flight is dropped, {@link Restarting}, until the position is durable and no pause is left; when the lane is lost,
 * {@link StandingBy} again. In each state the lane may be failing: that ends when the lane moves.
 */
sealed interface LaneState {

    /** {@return what the lane has been failing with since it last moved, or null} */
    @Nullable
    Failure failure();

    /** {@return the same state with another failure, or with none} */
    LaneState with(@Nullable Failure failure);

    /** No lease, so nothing is in flight. */
    record StandingBy(@Nullable Failure failure) implements LaneState {

        @Override
        public LaneState with(@Nullable Failure failure) {
            return new StandingBy(failure);
        }
    }

    /**
     * The lane is acquired and page follows page.
     *
     * @param readTo where the next page starts
     */
    record Reading(Position readTo, @Nullable Failure failure) implements LaneState {

        /** {@return the state after a page that ends there} */
        Reading to(Position end) {
            return new Reading(end, failure);
        }

        @Override
        public LaneState with(@Nullable Failure failure) {
            return new Reading(readTo, failure);
        }
    }

    /** The lane is acquired, but nothing is in flight: reading starts again from the position once that is durable. */
    record Restarting(@Nullable Failure failure) implements LaneState {

        @Override
        public LaneState with(@Nullable Failure failure) {
            return new Restarting(failure);
        }
    }

    /**
     * Why the lane does not move.
     *
     * @param cause what went wrong last
     * @param retryAt when the pause after it ends, in nanoseconds of the ticker; the next attempt may fail again
     */
    record Failure(RuntimeException cause, long retryAt) {

        boolean isPaused(long now) {
            return now - retryAt < 0;
        }
    }
}
