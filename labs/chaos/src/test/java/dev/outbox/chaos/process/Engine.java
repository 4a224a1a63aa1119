package dev.outbox.chaos.process;

/** How the relays of a run learn of events. */
public enum Engine {
    POLL,
    TAIL,
    /** Relays of both kinds beside each other. */
    MIXED;

    /** {@return the setting of the relay that is started as the one with this number} */
    String of(int relay) {
        boolean tails = this == TAIL || (this == MIXED && relay % 2 == 0);
        return tails ? "tail" : "poll";
    }
}
