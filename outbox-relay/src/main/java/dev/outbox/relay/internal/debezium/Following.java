package dev.outbox.relay.internal.debezium;

import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the replication slot since it is there.
 *
 * @param first a transaction of after the slot was created
 * @param published a snapshot of which Debezium has published everything; null at first
 */
record Following(long first, @Nullable Snapshot published) {

    /** {@return whether it is about the same slot} */
    boolean isOf(@Nullable Following other) {
        return other != null && first == other.first;
    }

    /**
     * {@return whether everything that is committed before the slot begins is done at this position}
     *
     * <p>A commit is in the WAL before it is visible, at times long before, if it waits for a standby. The slot may begin in
     * between. So it is not enough to see what is committed once the slot is there: each transaction of before has to have
     * ended.
     */
    boolean hasNothingLeftAt(Position position) {
        return position.done().xmin() > first;
    }

    /** {@return the position of a lane that follows, never behind the one at which it is} */
    Position after(Position position) {
        return published != null && published.covers(position.done()) ? Position.at(published) : position;
    }
}
