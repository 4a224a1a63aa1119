package dev.outbox.console.internal.overview;

import java.time.Duration;
import java.util.List;

/**
 * One outbox at a glance.
 *
 * @param outbox its name
 * @param answer whether anything is late and why, in one sentence
 * @param concerns what a person should look at, the most urgent first; none if all is well
 * @param waiting how many events are not published, not counting parked and held ones
 * @param moreWaiting whether there are more than were counted
 * @param age how long the oldest of them has been waiting
 * @param lanes how many lanes there are
 * @param unowned how many of them nobody owns
 * @param relays how many relays are running
 * @param parkedKeys how many keys have parked events and no decision
 * @param parkedEvents how many events these are
 * @param heldTopics how many topics cannot be written to
 */
public record Overview(
        String outbox,
        String answer,
        List<Concern> concerns,
        long waiting,
        boolean moreWaiting,
        Duration age,
        int lanes,
        int unowned,
        int relays,
        long parkedKeys,
        long parkedEvents,
        int heldTopics) {

    /** Keeps an unmodifiable copy. */
    public Overview {
        concerns = List.copyOf(concerns);
    }

    /**
     * Something that a person should look at.
     *
     * @param kind what it is
     * @param text what is wrong, in one sentence
     */
    public record Concern(Kind kind, String text) {}

    /** What a person should look at. */
    public enum Kind {
        /** No relay runs, or some lanes have no owner. */
        UNOWNED,
        /** Events wait although their lane has an owner. */
        LATE,
        /** A topic cannot be written to. */
        HELD,
        /** Events wait for a decision. */
        PARKED
    }
}
