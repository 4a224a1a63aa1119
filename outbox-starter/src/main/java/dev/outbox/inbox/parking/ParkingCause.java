package dev.outbox.inbox.parking;

/** Why a record is parked. */
public enum ParkingCause {
    /** Its handler failed, or it cannot be read. */
    FAILED,
    /** It waits behind another one of its key. */
    BEHIND,
    /** An event before it, by their sequence within the aggregate, has not come. */
    GAP,
    /** Another event has been handled under the same sequence. */
    FORK,
    /** Later events of its aggregate have been handled without it. */
    LATE
}
