package dev.outbox.relay.simulation;

/** What may go wrong. Each run draws some of these: if all of them always struck, the rare orders would drown. */
enum Fault {
    /** A relay's process is gone at once, in the middle of whatever it does, and comes back under a new name. */
    KILL,
    /** A relay is stopped gracefully and comes back. */
    STOP,
    /** A relay is stopped gracefully and asks for another number of lanes when it comes back. */
    LANES_CHANGED,
    /** A process stands still, often for longer than its lease, and goes on: SIGSTOP, garbage collection. */
    FREEZE,
    /** The same, and the process cannot tell from its own clock: the machine was suspended. */
    SUSPEND,
    /** A single call takes long while the rest of the process goes on. */
    STALL,
    /** A statement fails: before its effect, after it, or so that the effect comes later all the same. */
    STATEMENT_FAILS,
    /** The broker does not answer for a while. */
    BROKER_AWAY,
    /** A request takes seconds to arrive, be the producer still there or not. */
    REQUEST_LATE,
    /** A request is refused for now: no leader. */
    REQUEST_REFUSED,
    /** A request fails for good, its records may be in the topic or not. */
    REQUEST_FAILS,
    /** A request is refused for good because of one of its records. */
    RECORD_REFUSED,
    /** The records are in the topic, but their producer does not hear it. */
    ANSWER_LOST,
    /** An event is one that the broker would refuse, until somebody has dealt with it. */
    UNPUBLISHABLE,
    /** A writer keeps its transaction open for seconds. */
    LONG_TRANSACTION,
    /** A writer rolls back. */
    ROLLBACK,
    /** A topic is deleted, or the right to write to it is taken away, for a while. */
    TOPIC_GONE
}
