package dev.outbox.chaos.process;

import java.util.List;

/** How the relays of a run learn of events. */
public enum Engine {
    POLL,
    TAIL,
    /** Relays of both kinds beside each other. */
    MIXED,
    /** On databases other than PostgreSQL. */
    QUEUE;

    /** Those of PostgreSQL. */
    public static final List<Engine> OF_POSTGRES = List.of(POLL, TAIL, MIXED);

    /** {@return whether relays may need a replication slot} */
    public boolean mayTail() {
        return this == TAIL || this == MIXED;
    }

    /** {@return the setting of the relay that is started as the one with this number} */
    String of(int relay) {
        return switch (this) {
            case POLL -> "poll";
            case TAIL -> "tail";
            case MIXED -> relay % 2 == 0 ? "tail" : "poll";
            case QUEUE -> "queue";
        };
    }
}
