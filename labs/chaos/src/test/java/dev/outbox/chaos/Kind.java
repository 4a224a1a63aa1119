package dev.outbox.chaos;

/** What can be done to a run; it is counted, because chance could leave it out. */
enum Kind {
    RELAY_KILLED,
    RELAY_ENDED,
    RELAY_STOPPED,
    CONNECTIONS_CUT,
    BROKER_KILLED,
    BROKER_STOPPED,
    POSTGRES_RESTARTED,
    POSTGRES_CRASHED,
    FAILOVER,
    SLOT_DROPPED,
    SLOT_LOST
}
