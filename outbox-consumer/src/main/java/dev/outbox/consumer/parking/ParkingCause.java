package dev.outbox.consumer.parking;

/**
 * Why a record is parked.
 *
 * @since 0.1.0
 */
public enum ParkingCause {
    /** Its handler failed, or it cannot be read. */
    FAILED,
    /** It waits behind another record of its key. */
    BEHIND,
    /** An event before it, by their sequence within the aggregate, has not arrived. */
    GAP,
    /** Another event has been handled under the same sequence. */
    FORK,
    /** Later events of its aggregate have been handled without it. */
    LATE
}
