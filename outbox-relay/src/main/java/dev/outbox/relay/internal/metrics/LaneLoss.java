package dev.outbox.relay.internal.metrics;

/** How a lane was lost. */
public enum LaneLoss {
    /** The lease could not be renewed in time. */
    EXPIRED,
    /** The database said that the lane belongs to another relay, or to another life of the server. */
    FENCED
}
