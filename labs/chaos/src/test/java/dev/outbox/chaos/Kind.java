package dev.outbox.chaos;

import java.util.EnumSet;
import java.util.Set;

/** What can be done to a run; it is counted, because chance could leave it out. */
enum Kind {
    RELAY_KILLED,
    RELAY_ENDED,
    RELAY_STOPPED,
    CONNECTIONS_CUT,
    BROKER_KILLED,
    BROKER_STOPPED,
    DATABASE_RESTARTED,
    DATABASE_CRASHED,
    FAILOVER,
    SLOT_DROPPED,
    SLOT_LOST;

    /** What only PostgreSQL can suffer: no other database has relays that read its log, or wait for its standbys. */
    static final Set<Kind> OF_POSTGRES = EnumSet.of(FAILOVER, SLOT_DROPPED, SLOT_LOST);
}
