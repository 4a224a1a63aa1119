package dev.outbox.relay.internal.lease;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a relay sees at one moment of the lanes and of the relays that share them.
 *
 * @param wanted how many lanes there should be
 * @param relays how many relays are running, including this one
 * @param rank how many of them joined before this one
 * @param lanes all existing lanes, by number
 */
public record LaneOverview(int wanted, int relays, int rank, List<Holding> lanes) {

    /**
     * A lane and its owner.
     *
     * @param lane the lane
     * @param owner the relay whose lease is live, or null if the lane is free
     */
    public record Holding(Lane lane, @Nullable String owner) {

        /** {@return whether no relay owns the lane} */
        public boolean isFree() {
            return owner == null;
        }
    }

    /** Keeps an unmodifiable copy. */
    public LaneOverview {
        lanes = List.copyOf(lanes);
    }

    /** {@return how many lanes there are} */
    public int count() {
        return lanes.size();
    }

    /** {@return whether there are more or fewer lanes than there should be} */
    public boolean isOutdated() {
        return count() != wanted;
    }

    /** {@return whether no lane is owned} */
    public boolean isFree() {
        return lanes.stream().allMatch(Holding::isFree);
    }

    /** {@return the lanes that no relay owns} */
    public List<Lane> freeLanes() {
        return lanes.stream().filter(Holding::isFree).map(Holding::lane).toList();
    }

    /** {@return how many lanes this relay may have; the shares of all relays add up to the count of the lanes} */
    public int share() {
        return count() / relays + (rank < count() % relays ? 1 : 0);
    }
}
