package dev.outbox.sample.inventory;

/** How an order fared. What was reserved is released again if the order is cancelled. */
enum ReservationStatus {
    RESERVED,
    REJECTED,
    RELEASED
}
